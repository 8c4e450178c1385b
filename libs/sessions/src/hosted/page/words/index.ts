import type { PageLocale } from '@app/credentials';
import type { Words } from '../words';
import { AR } from './ar';
import { DE } from './de';
import { EN } from './en';
import { ES } from './es';
import { FR } from './fr';
import { IT } from './it';
import { JA } from './ja';
import { NL } from './nl';
import { PL } from './pl';
import { PT } from './pt';

/** Every language of the page. Names of schemes' programmes are in none: they are not translated. */
export const WORDS: Readonly<Record<PageLocale, Words>> = {
  en: EN,
  fr: FR,
  de: DE,
  es: ES,
  it: IT,
  pt: PT,
  nl: NL,
  pl: PL,
  ja: JA,
  ar: AR,
};
