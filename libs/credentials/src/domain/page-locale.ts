/** The languages that a cardholder's page is written in (ISO 639-1). */
export const PAGE_LOCALES = ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'pl', 'ja', 'ar'] as const;

export type PageLocale = (typeof PAGE_LOCALES)[number];
