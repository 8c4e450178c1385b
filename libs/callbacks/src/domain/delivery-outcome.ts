import type { DeliveryProblem } from './delivery-problem';

/** What came of one try: `status` when there was an answer, `problem` when it was no acknowledgement. */
export interface DeliveryOutcome {
  readonly delivered: boolean;
  readonly status?: number;
  readonly problem?: DeliveryProblem;
}

/** The same from what is stored of it. */
export function outcomeOf(delivered: boolean, status: number | null, problem: DeliveryProblem | null): DeliveryOutcome {
  return { delivered, ...(status !== null && { status }), ...(problem !== null && { problem }) };
}
