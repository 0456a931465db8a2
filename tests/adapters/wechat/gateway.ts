import { onTestFinished } from "vitest";
import { freePort } from "../../support/free-port.ts";
import { FakeWeChat } from "./fake-wechat.ts";

export const TOKEN = "insecure_plusone";

/** wechaty's own gateway; loaded without its types, which change those of Node. */
interface PuppetServer {
  start(): Promise<void>;
  stop(): Promise<void>;
}
const SERVICE: string = "wechaty-puppet-service";
const service: { PuppetServer: new (options: object) => PuppetServer } = await import(SERVICE);

/** A gateway on this machine, as an operator runs one, with the fake WeChat behind it. */
export class Gateway {
  private server: PuppetServer | undefined;
  readonly fake = new FakeWeChat();
  readonly port: number;
  readonly tls: boolean;

  private constructor(port: number, tls: boolean) {
    this.port = port;
    this.tls = tls;
  }

  static async start(tls: boolean): Promise<Gateway> {
    const gateway = new Gateway(await freePort(), tls);
    await gateway.start();
    onTestFinished(() => gateway.stop());
    return gateway;
  }

  get endpoint(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.server = new service.PuppetServer({
      ...{ endpoint: this.endpoint, token: TOKEN },
      puppet: this.fake.open(),
      ...(!this.tls && { tls: { disable: true } }),
    });
    await this.server.start();
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await server?.stop();
    await this.fake.puppet?.stop(); // its watchdog would bark long after the test
  }
}
