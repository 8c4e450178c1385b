import { localStorageStore, memoryStore, type Store } from 'react-admin';

/** How somebody wants to see things. What was looked for and looked at stays in the page's memory, and goes with it. */
const KEPT = /^(theme|timeZone|list\.|columns\.|views\.)/;

const kept = localStorageStore('1', 'countersign');
const forgotten = memoryStore();
const storeOf = (key: string): Store => (KEPT.test(key) ? kept : forgotten);

/** What the browser remembers: preferences alone, also when somebody signs out. */
export const preferences: Store = {
  setup() {
    kept.setup();
    forgotten.setup();
  },
  teardown() {
    kept.teardown();
    forgotten.teardown();
  },
  getItem: (key, fallback) => storeOf(key).getItem(key, fallback),
  setItem: (key, value) => storeOf(key).setItem(key, value),
  removeItem: (key) => storeOf(key).removeItem(key),
  removeItems: (prefix) => forgotten.removeItems(prefix),
  reset: () => forgotten.reset(),
  subscribe: (key, callback) => storeOf(key).subscribe(key, callback),
};
