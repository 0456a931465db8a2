import type { Store } from "../../bot/store.ts";

/** A store that does some things wrongly: for what must be found. */
export function spoilt(spoil: (store: Store) => Partial<Store>): (store: Store) => Store {
  return (store) => {
    const wrongly = spoil(store);
    return new Proxy(store, {
      get: (_, name) => {
        const method = Reflect.get(name in wrongly ? wrongly : store, name) as (...args: unknown[]) => unknown;
        return method.bind(store);
      },
    });
  };
}
