import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Agent as HttpAgent, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Api, type RawApi } from "grammy";
import { SendFault } from "../../bot/ports.ts";
import { toSendFault } from "./faults.ts";

/** A call that takes longer has probably lost its answer. */
const usualCallTimeoutS = 20;
/** Somebody's message waits for the answer to a question. */
const questionTimeoutS = 5;
/** How long an idle connection is kept: shorter than servers do, so that no call meets one that was just closed. */
const idleMs = 20_000;

/** Where Node tells of each answer to a call. @source Node.js, diagnostics_channel, built-in channels */
const answered = "http.client.response.finish";

/** The Bot API over kept connections. */
export class Client {
  /** For calls that fetch updates; throws grammY's errors. */
  readonly polls: RawApi;
  private readonly calls: RawApi;
  private readonly questions: RawApi;
  private readonly agent: HttpAgent;
  private readonly hear: (message: unknown) => void;
  private readonly underWay = new Set<Promise<unknown>>();

  /**
   * @param pollTimeoutS  how long Telegram is asked to hold a poll
   * @param callTimeoutS  after this, an answer counts as lost; in whole seconds
   * @param told          hears the date of every answer, which grammY does not hand on
   */
  constructor({
    token,
    apiRoot,
    pollTimeoutS,
    callTimeoutS = usualCallTimeoutS,
    told,
  }: {
    token: string;
    apiRoot: string;
    pollTimeoutS: number;
    callTimeoutS?: number | undefined;
    told: (at: Date) => void;
  }) {
    const root = apiRoot.replace(/\/+$/, "");
    const options = { keepAlive: true, timeout: idleMs };
    this.agent = root.startsWith("https:") ? new HttpsAgent(options) : new HttpAgent(options);
    this.hear = (message) => {
      const { request, response } = message as { request: { agent?: unknown }; response: IncomingMessage };
      const { date } = response.headers;
      if (request.agent === this.agent && response.statusCode === 200 && date !== undefined) told(new Date(date));
    };
    subscribe(answered, this.hear);
    const open = (timeoutSeconds: number) =>
      new Api(token, { apiRoot: root, timeoutSeconds, baseFetchConfig: { agent: this.agent, compress: true } }).raw;
    this.polls = open(pollTimeoutS + callTimeoutS);
    this.calls = open(callTimeoutS);
    this.questions = open(questionTimeoutS);
  }

  /** Makes one call that does something. @throws SendFault */
  call<T>(method: string, make: (api: RawApi) => Promise<T>): Promise<T> {
    return this.make(method, () => make(this.calls));
  }

  /** Makes a call that only asks, so that it may be repeated at once where no answer came. @throws SendFault */
  async ask<T>(method: string, make: (api: RawApi) => Promise<T>): Promise<T> {
    const asking = () => this.make(method, () => make(this.questions));
    return asking().catch((fault: unknown) => {
      const isPassing = fault instanceof SendFault && (fault.outcome === "unknown" || fault.outcome === "not-sent");
      if (!isPassing || fault.retryAfterMs !== undefined) throw fault;
      return asking();
    });
  }

  private async make<T>(method: string, make: () => Promise<T>): Promise<T> {
    const calling = make();
    this.underWay.add(calling);
    try {
      return await calling;
    } catch (error) {
      throw toSendFault(method, error);
    } finally {
      this.underWay.delete(calling);
    }
  }

  /** Waits for the calls under way, and drops the connections. */
  async close(): Promise<void> {
    await Promise.allSettled(this.underWay);
    this.agent.destroy();
    unsubscribe(answered, this.hear);
  }
}
