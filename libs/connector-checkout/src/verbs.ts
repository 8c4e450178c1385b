/** What the upstream is asked to do, and what follows for asking again. */
import { BUDGET_MS } from './checkout.settings';

export interface VerbRules {
  method: 'GET' | 'POST' | 'PUT';
  /** Below the account's base; `{id}` is the session there. */
  path: string;
  /** Whether an issuer may be asked because of it. */
  asksIssuer: boolean;
  /** Whether it may be sent again when it is not known what became of it. */
  repeatable: boolean;
  budgetMs: number;
}

const create = { method: 'POST', path: '/sessions' } as const;
const fingerprint = { method: 'PUT', path: '/sessions/{id}/issuer-fingerprint' } as const;
const asking = { asksIssuer: true, repeatable: false, budgetMs: BUDGET_MS.ask } as const;

export const VERBS = {
  /** Without device data: a second session there, which nobody goes on with, harms nobody. */
  create: { ...create, asksIssuer: false, repeatable: true, budgetMs: BUDGET_MS.create },
  /** With device data. */
  create_and_ask: { ...create, ...asking },
  collect_data: { method: 'PUT', path: '/sessions/{id}/collect-data', ...asking },
  /** Before device data. Setting the same twice is the same. */
  fingerprint: { ...fingerprint, asksIssuer: false, repeatable: true, budgetMs: BUDGET_MS.tell },
  /** After device data: sets the request off. */
  fingerprint_and_ask: { ...fingerprint, ...asking },
  get: { method: 'GET', path: '/sessions/{id}', asksIssuer: false, repeatable: true, budgetMs: BUDGET_MS.read },
  complete: {
    method: 'POST',
    path: '/sessions/{id}/complete',
    asksIssuer: false,
    repeatable: false,
    budgetMs: BUDGET_MS.tell,
  },
} as const satisfies Record<string, VerbRules>;

export type Verb = keyof typeof VERBS;

/** The verb's line as exchanges show it. */
export const messageTypeOf = (verb: Verb): string => `${VERBS[verb].method} ${VERBS[verb].path}`;
