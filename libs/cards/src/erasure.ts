const BATCH = 500;
const BATCHES = 40;

/** Calls `erase` with a limit until it erased less than that, or often enough. Gives the sum: how many are gone. */
export async function inBatches(erase: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const erased = await erase(BATCH);
    total += erased;
    if (erased < BATCH) break;
  }
  return total;
}
