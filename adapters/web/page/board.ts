/**
 * What makes the board's pages live: parts of them are fetched anew every few seconds, and ticks are kept on this device
 * until the server has them. Without it every page works by its forms.
 */

const EVERY_MS = 4_000;

/** Ticks that the server does not have yet, by what they are about; the last word about each counts. */
const KEPT = "plusone-ticks";

function readKept(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Record<string, string>;
  } catch (fault) {
    console.warn("kept ticks cannot be read", fault);
    return {};
  }
}

function writeKept(kept: Record<string, string>): void {
  if (Object.keys(kept).length === 0) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, JSON.stringify(kept));
}

/** What a tick is about: where it goes, and all its fields but the state and the session's token. */
function nameOf(form: HTMLFormElement): string {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (name !== "token") fields.append(name, String(value));
  return `${new URL(form.action).pathname}?${fields}`;
}

function show(form: HTMLFormElement, on: boolean): void {
  const button = form.querySelector("button");
  button?.setAttribute("aria-checked", String(on));
  button?.setAttribute("value", on ? "0" : "1");
}

/** Shows what this device has ticked, whatever the page was made of. */
function showKept(): void {
  const kept = readKept();
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-tick]")) {
    const on = kept[nameOf(form)];
    if (on !== undefined) show(form, on === "1");
  }
}

/** Names what the server showed last, so that it need not be sent again. */
let seen = "";

const tokenOf = (root: ParentNode): string => root.querySelector<HTMLInputElement>("input[name=token]")?.value ?? "";

function tell(isOffline: boolean): void {
  const word = document.getElementById("offline");
  if (word) word.hidden = !isOffline;
}

let sending = false;

/** Sends what is kept, one after the other; what the server has refused is dropped, and the page shows its state again. */
async function send(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (const [name, on] of Object.entries(readKept())) {
      const [path = "", query = ""] = name.split("?");
      const body = new URLSearchParams(query);
      body.set("on", on);
      body.set("token", tokenOf(document));
      const answer = await fetch(path, { method: "POST", body, headers: { accept: "application/json" } });
      // 409 and 404: nobody gets so much of it any more. All else (logged out, too fast, a fault) may pass.
      if (!answer.ok && answer.status !== 409 && answer.status !== 404) throw new Error(`it answers ${answer.status}`);
      if (!answer.ok) seen = ""; // what this page shows of it is wrong
      const kept = readKept();
      if (kept[name] === on) delete kept[name]; // else it was turned once more meanwhile
      writeKept(kept);
    }
    tell(false);
  } catch (fault) {
    console.info("ticks wait for a connection", fault);
    tell(true);
  } finally {
    sending = false;
  }
}

/** Without the keys, which each form has of its own, and what somebody has opened. */
const withoutKeys = (markup: string): string => markup.replace(/name="key" value="[^"]*"|(?<=<details) open=""/g, "");

/** What a form does, whatever was filled in. */
function deedOf(form: HTMLFormElement): string {
  const hidden = [...form.querySelectorAll<HTMLInputElement>("input[type=hidden]")];
  const fields = hidden
    .filter(({ name }) => name !== "key" && name !== "token")
    .map(({ name, value }) => [name, value]);
  return `${new URL(form.action).pathname}?${new URLSearchParams(fields)}`;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

const isField = (element: Element | null): element is Field =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;

const isBox = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && field.type === "checkbox";

/** What was filled in or opened on the page stays so in what comes in its place. */
function carryOver(from: HTMLElement, to: HTMLElement): void {
  const forms = new Map([...from.querySelectorAll("form")].map((form) => [deedOf(form), form]));
  for (const form of to.querySelectorAll("form")) {
    const before = forms.get(deedOf(form));
    if (!before) continue;
    const [details, wereDetails] = [form.closest("details"), before.closest("details")];
    if (details && wereDetails) details.open = wereDetails.open;
    for (const field of form.querySelectorAll<Field>("input:not([type=hidden]), textarea")) {
      const was = before.querySelector<Field>(`[name=${CSS.escape(field.name)}]`);
      if (!was) continue;
      if (was.value !== was.defaultValue) field.value = was.value;
      if (isBox(field) && isBox(was)) field.checked = was.checked;
    }
  }
}

/** Takes over what has changed on the server, but not under somebody's fingers. */
async function refresh(): Promise<void> {
  const parts = document.querySelectorAll<HTMLElement>("[data-live]");
  if (parts.length === 0 || document.hidden) return;
  const answer = await fetch(location.href, { headers: { "if-none-match": seen } }).catch(() => undefined);
  if (answer?.status === 401) return location.reload(); // it says how to come in again
  if (answer?.status === 304) return;
  if (!answer?.ok || answer.redirected) return tell(Object.keys(readKept()).length > 0);
  seen = answer.headers.get("etag") ?? "";
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const next = fresh.querySelector<HTMLElement>(`[data-live="${part.dataset["live"]}"]`);
    const isBusy = part.contains(document.activeElement) && isField(document.activeElement);
    if (isBusy) seen = ""; // this part is asked for again
    if (!next || isBusy || withoutKeys(next.innerHTML) === withoutKeys(part.innerHTML)) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement?.closest("form") : undefined;
    const name = focused ? deedOf(focused) : undefined;
    carryOver(part, next);
    part.replaceWith(next);
    if (name === undefined) continue;
    const again = [...next.querySelectorAll("form")].find((form) => deedOf(form) === name);
    again?.querySelector("button")?.focus({ preventScroll: true });
  }
  showKept();
}

/** Does what a form says and shows the answer above it, so that the next in the queue can be served at once. */
async function doHere(form: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  const body = new URLSearchParams([...new FormData(form, by)].map(([name, value]) => [name, String(value)]));
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => undefined);
  if (!answer?.ok) {
    if (by instanceof HTMLButtonElement && by.name !== "") {
      form.insertAdjacentHTML("beforeend", "<input type=hidden>");
      Object.assign(form.lastElementChild!, { name: by.name, value: by.value });
    }
    return form.submit(); // the same form once more, and the browser shows what is wrong
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("said")?.replaceChildren(...page.querySelectorAll("main > :is(.answer, .empty)"));
  form.reset();
  form.closest("details")?.removeAttribute("open");
  const key = form.querySelector<HTMLInputElement>("input[name=key]");
  if (key) key.value = crypto.randomUUID(); // the next is another doing
  for (const button of form.querySelectorAll("button")) button.disabled = false;
  scrollTo({ top: 0 });
  await refresh();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (!form.matches("[data-tick]")) {
    // A second press is the same form, which the server takes once; its answer would only hide the first.
    for (const button of form.querySelectorAll("button")) {
      setTimeout(() => (button.disabled = true));
      setTimeout(() => (button.disabled = false), EVERY_MS); // a file leaves the page as it is
    }
    // An answer's own buttons are answered where it stands.
    if (!form.matches("[data-staying]") && !form.closest("#said")) return;
    event.preventDefault();
    return void doHere(form, event.submitter);
  }
  event.preventDefault();
  const on = form.querySelector("button")?.getAttribute("aria-checked") !== "true";
  writeKept({ ...readKept(), [nameOf(form)]: on ? "1" : "0" });
  show(form, on);
  void send().then(refresh);
});
/** Says how much is given out so far; the server counts again. */
document.addEventListener("input", ({ target }) => {
  const table = target instanceof Element ? target.closest("fieldset") : null;
  const output = table?.querySelector<HTMLOutputElement>("output[data-sum]");
  if (!table || !output) return;
  const numbers = [...table.querySelectorAll("input")].map(({ value }) => Number(value.replace(",", ".")));
  const sum = Math.round(numbers.reduce((all, each) => all + (each || 0), 0) * 1000) / 1000;
  output.value = (output.dataset["sum"] ?? "").replace("{sum}", String(sum));
  output.classList.toggle("warn", sum > Number(output.dataset["most"]));
});
document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("[data-print]")) window.print();
});
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const button of document.querySelectorAll("button")) button.disabled = false;
});
window.addEventListener("online", () => void send().then(refresh));
setInterval(() => void send().then(refresh), EVERY_MS);
for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) button.hidden = false;
showKept();
void send();
