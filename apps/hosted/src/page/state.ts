/** What the server tells the page (libs/sessions, `HostedState`), and what it wrote into it. */

/** A form that goes to an issuer. */
export interface IssuerForm {
  readonly url: string;
  readonly fields: Record<string, string>;
}

export type Step = 'device' | 'method' | 'waiting' | 'challenge' | 'done' | 'elsewhere';

/** What the page is to do now. `version` grows: an older state than the one that is there is no news. */
export interface HostedState {
  readonly step: Step;
  readonly version: number;
  readonly method?: IssuerForm & { readonly transaction_id: string };
  readonly challenge?: IssuerForm & { readonly shown: boolean; readonly returned: boolean };
  readonly outcome?: 'success' | 'failure';
  readonly return_url: string;
  readonly cancel: 'declines' | 'leaves';
}

export type ScreenName =
  | 'preparing'
  | 'asking'
  | 'challenge'
  | 'refused'
  | 'checking'
  | 'confirmed'
  | 'unconfirmed'
  | 'leaving'
  | 'elsewhere'
  | 'closed';

export type RemarkName = 'offline' | 'slow';

/** What stands in the page for the script: where it is, the state that it was opened in, its words with names filled in. */
export interface Boot {
  /** `/hosted/{link}` */
  readonly base: string;
  readonly state: HostedState;
  readonly shop: string;
  /** `step`: how far along it is, counted from 0; null where the way does not go on here. */
  readonly screens: Record<ScreenName, { readonly title: string; readonly lead: string; readonly step: number | null }>;
  readonly remarks: Record<RemarkName, string>;
  /** The name of the frame with the issuer's page. */
  readonly bankPage: string;
  readonly cancel: Record<HostedState['cancel'], string>;
}

/** Reads what the server wrote. */
export function readBoot(): Boot {
  return JSON.parse(document.getElementById('boot')?.textContent ?? '') as Boot;
}

/** Whether `next` may take the place of `now`: what is over stays over, and nothing goes back. */
export function isNews(now: HostedState, next: HostedState): boolean {
  return now.step !== 'done' && (next.step === 'elsewhere' || next.version >= now.version);
}
