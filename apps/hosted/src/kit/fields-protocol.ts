/** What a merchant's page and the card fields in it say to each other, over a channel that only the two have. */

/** The first word of the frame, to whoever framed it: it is there. */
export const READY = 'countersign:fields-ready';
/** The page's answer, with one end of a channel. */
export const START = 'countersign:fields-start';

/** How the fields are to look; anything that is no value of its kind is left out. */
export interface FieldsLook {
  readonly color?: string;
  readonly background?: string;
  readonly borderColor?: string;
  readonly accentColor?: string;
  readonly errorColor?: string;
  readonly borderRadius?: string;
  readonly fontSize?: string;
  readonly fontFamily?: string;
}

/** What is settled when the fields are made. */
export interface FieldsSettings {
  readonly publicKey: string;
  /** BCP 47; the browser's where it is left out. */
  readonly locale?: string;
  readonly look?: FieldsLook;
  /** Whether the name on the card is asked for. */
  readonly withName?: boolean;
}

/** What the frame is told at the start. `dark`: the page around is. */
export interface FieldsStart extends FieldsSettings {
  readonly dark: boolean;
}

/** Where the fields stand. Never what is in them. */
export interface FieldsState {
  /** True when all of them can be sent. */
  readonly complete: boolean;
  /** `visa`, `mastercard` … or `unknown`, by the first digits. */
  readonly brand: string;
  /** CSS pixels that the fields need. */
  readonly height: number;
}

/** What stands for the card afterwards (`POST /tokens`). */
export interface CardToken {
  readonly token: string;
  readonly expires_on: string;
  readonly expiry_month: number;
  readonly expiry_year: number;
  readonly scheme?: string;
  readonly last4: string;
  readonly bin: string;
  readonly name?: string;
}

/** Page to frame. */
export type ToFields =
  { readonly type: 'tokenize'; readonly id: number } | { readonly type: 'focus' } | { readonly type: 'clear' };

/** Frame to page. */
export type FromFields =
  | { readonly type: 'state'; readonly state: FieldsState }
  | { readonly type: 'token'; readonly id: number; readonly token: CardToken }
  | {
      readonly type: 'problem';
      readonly id: number;
      readonly code: 'invalid_card' | 'refused' | 'network';
      readonly codes: readonly string[];
    };
