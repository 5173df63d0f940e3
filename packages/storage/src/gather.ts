/**
 * Creates a function that passes items to `work`, one call at a time: items that arrive during a call go into the next
 * one together. Each promise resolves or rejects as the call with its item does.
 */
export function gather<Item>(work: (items: readonly Item[]) => Promise<void>): (item: Item) => Promise<void> {
  let current = Promise.resolve();
  let next: { readonly items: Item[]; readonly done: Promise<void> } | undefined;
  return (item) => {
    if (next === undefined) {
      const items: Item[] = [];
      const done = current
        .catch(() => {})
        .then(() => {
          next = undefined;
          current = done;
          return work(items);
        });
      next = { items, done };
    }
    next.items.push(item);
    return next.done;
  };
}
