/** Everything that a cardholder reads on the hosted page, in one language. Names in braces are filled in; they stand in every language. */

/** A heading and what goes on, or what to do. */
export interface Screen {
  readonly title: string;
  readonly lead: string;
}

/**
 * What the page can show. `preparing`: the 3DS Method and the device data. `asking`: the issuer is asked. `challenge`: its page is
 * there. `refused`: its page is to be opened on its own, because it cannot be shown here. `checking`: that page is through, its result is on the way. `confirmed`, `unconfirmed`: going back to the shop with a result.
 * `leaving`: going back without. `elsewhere`: another view has the session. `closed`: the link is over.
 */
export const SCREENS = [
  'preparing',
  'asking',
  'challenge',
  'refused',
  'checking',
  'confirmed',
  'unconfirmed',
  'leaving',
  'elsewhere',
  'closed',
] as const;
export type ScreenName = (typeof SCREENS)[number];

/** What the page says beside its screen: no network; nothing has come for long. */
export type RemarkName = 'offline' | 'slow';

/** Pages in place of the hosted one: no such link, link over, framed by a stranger, too much to do, our mistake. */
export type NoticeName = 'not_found' | 'finished' | 'expired' | 'framed' | 'busy' | 'error';

/** The words of one language; a new one is a file beside the others and a line in their table. */
export interface Words {
  /** Above the amount. */
  readonly total: string;
  /** In place of an amount, when no payment is made. */
  readonly noCharge: string;
  readonly reference: string;
  readonly card: string;
  /** As read aloud: {card}, {digits}. */
  readonly cardEnding: string;
  /** The scheme's programme: {programme}. */
  readonly protectedBy: string;

  /** The name of the list of steps, and the steps; `done` is read aloud behind one that is through. */
  readonly steps: string;
  readonly stepReady: string;
  readonly stepBank: string;
  /** {shop} */
  readonly stepBack: string;
  readonly done: string;

  /** Any of them: {shop}. */
  readonly screens: Readonly<Record<ScreenName, Screen>>;
  readonly remarks: Readonly<Record<RemarkName, string>>;

  /** The name of the frame with the issuer's page. */
  readonly bankPage: string;
  readonly bankPageMissing: string;
  readonly openBankPage: string;

  /** {shop} */
  readonly cancel: string;
  /** The same where there is no room. */
  readonly cancelBriefly: string;
  /** {shop} */
  readonly back: string;
  readonly continueHere: string;
  /** {shop} */
  readonly cancelTitle: string;
  readonly cancelDeclines: string;
  readonly cancelLeaves: string;
  readonly cancelYes: string;
  readonly cancelNo: string;

  /** Shown when the script has not come. */
  readonly stuck: string;
  readonly reload: string;

  /** Where no script runs. */
  readonly continue: string;
  readonly askWithoutScript: string;
  readonly bankWithoutScript: string;
  readonly waitWithoutScript: string;
  /** {shop} */
  readonly scriptNeeded: string;

  readonly notices: Readonly<Record<NoticeName, Screen>>;
  readonly openAlone: string;
  readonly tryAgain: string;
}

/** What names in braces stand for. */
export type Fillings = Readonly<Partial<Record<'shop' | 'card' | 'digits' | 'programme', string>>>;

/** First strong isolate and its end: a name in another script must not turn the sentence around (UAX 9). */
const ISOLATE = ['\u2068', '\u2069'] as const;

/** `text` with its names filled in, each on its own as far as the direction of writing goes. Others stay as they are. */
export function fill(text: string, fillings: Fillings): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const filling = Object.hasOwn(fillings, name) ? fillings[name as keyof Fillings] : undefined;
    return filling === undefined ? whole : ISOLATE.join(filling);
  });
}
