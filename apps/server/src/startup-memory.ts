import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';

/** Ten times V8's own: roughly the bytes that a function works through before it is compiled anew. */
const WASM_TIERING_BUDGET = 130_000_000;

/**
 * The one WebAssembly here reads the answers of undici. Compiling it with the optimizing compiler leaves some 6 MB behind, and
 * without this the first card ranges are enough to start that. Under load it still comes, soon. Call it before all else.
 */
export function optimizeWebAssemblyUnderLoadOnly(): void {
  setFlagsFromString(`--wasm-tiering-budget=${WASM_TIERING_BUDGET}`);
}

/**
 * Gives back the memory that only the start needed. V8 grows its young generation to tens of megabytes while modules load
 * and keeps them; here it begins small again and grows as the load asks. Takes a tenth of a second in which nothing else
 * runs: call it before anybody waits. The inspector's is the one full collection that can be asked for without flags.
 */
export async function returnStartupMemory(): Promise<void> {
  const session = new Session();
  session.connect();
  await new Promise<void>((resolve, reject) => {
    session.post('HeapProfiler.collectGarbage', (error) => {
      // Later, because V8 holds a lock around this answer that the end of the session wants, too.
      setImmediate(() => {
        session.disconnect();
        if (error) reject(error);
        else resolve();
      });
    });
  });
}
