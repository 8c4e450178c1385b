/** Whether a test of the running file has failed so far, for clean-up that keeps the evidence. */

interface TestEntry {
  errors: unknown[];
}
interface DescribeBlock {
  tests: TestEntry[];
  children: DescribeBlock[];
}
interface CircusState {
  rootDescribeBlock: DescribeBlock;
}

const failedIn = (block: DescribeBlock): boolean =>
  (block.tests ?? []).some((test) => test.errors.length > 0) || (block.children ?? []).some(failedIn);

/** Jest has no public question for this; its runner keeps its state under a symbol of the test's global object. */
export function hasFailedTest(): boolean {
  const key = Object.getOwnPropertySymbols(globalThis).find((symbol) => symbol.description === 'JEST_STATE_SYMBOL');
  const state = key && (globalThis as unknown as Record<symbol, CircusState | undefined>)[key];
  return state ? failedIn(state.rootDescribeBlock) : false;
}
