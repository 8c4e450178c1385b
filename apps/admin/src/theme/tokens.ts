/** The console's colours, by what they are for. Every text colour has 4.5 to 1 on every ground it is used on (WCAG 2.2, 1.4.3). */
export interface Tokens {
  /** Behind everything: the menu, the space around cards. */
  readonly canvas: string;
  /** Of what holds content. */
  readonly surface: string;
  /** Of what lies above content: menus, dialogs. */
  readonly raised: string;
  readonly sunken: string;
  readonly hover: string;
  readonly selected: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly soft: string;
  readonly accent: string;
  readonly accentHover: string;
  readonly accentInk: string;
  readonly shadow: string;
  readonly tones: Readonly<Record<Tone, ToneColours>>;
}

/** What a colour says. Text beside it always says the same. */
export type Tone = 'neutral' | 'info' | 'good' | 'settled' | 'warn' | 'bad' | 'busy';

/** Text and signs in `ink`, on `ground`; `mark` for lines and areas of charts. */
export interface ToneColours {
  readonly ink: string;
  readonly ground: string;
  readonly mark: string;
}

const tone = (ink: string, ground: string, mark: string): ToneColours => ({ ink, ground, mark });

export const LIGHT: Tokens = {
  canvas: '#f6f7f9',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#f3f4f8',
  hover: '#f5f6fa',
  selected: '#eef1fd',
  line: '#e4e7ee',
  lineStrong: '#c9cedb',
  ink: '#171a25',
  soft: '#5a6175',
  accent: '#2c44c9',
  accentHover: '#22369f',
  accentInk: '#ffffff',
  shadow: '0 1px 2px rgb(23 26 37 / 6%), 0 12px 32px rgb(23 26 37 / 12%)',
  tones: {
    neutral: tone('#4c5366', '#eceef3', '#8a91a5'),
    info: tone('#2c44c9', '#e8ecfd', '#5c72e6'),
    good: tone('#0b6644', '#def4e9', '#23a271'),
    settled: tone('#0b6068', '#ddf2f4', '#2a9aa6'),
    warn: tone('#7d4d00', '#fdf0d4', '#d9962a'),
    bad: tone('#a3241b', '#fdeae7', '#dc5347'),
    busy: tone('#6335b5', '#f0eafc', '#9166e0'),
  },
};

export const DARK: Tokens = {
  canvas: '#0d0f15',
  surface: '#141720',
  raised: '#1c202c',
  sunken: '#0f1219',
  hover: '#1a1e29',
  selected: '#1d2440',
  line: '#252a38',
  lineStrong: '#3b4256',
  ink: '#e9ebf3',
  soft: '#9ba2b6',
  accent: '#93a4ff',
  accentHover: '#aab7ff',
  accentInk: '#0d1130',
  shadow: '0 1px 2px rgb(0 0 0 / 50%), 0 16px 40px rgb(0 0 0 / 55%)',
  tones: {
    neutral: tone('#b3b9ca', '#232836', '#7d859b'),
    info: tone('#a4b2ff', '#202850', '#6f83f5'),
    good: tone('#63d6a3', '#123127', '#35b884'),
    settled: tone('#67d0da', '#102f34', '#33a9b5'),
    warn: tone('#f0c26d', '#35290f', '#d79a35'),
    bad: tone('#ff9d91', '#3c1b19', '#e5645a'),
    busy: tone('#c3a8ff', '#2c2148', '#9a74ea'),
  },
};

/** Fonts that are there already: the console fetches none. */
export const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
export const MONO = "ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace";
