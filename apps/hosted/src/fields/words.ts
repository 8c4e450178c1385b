/** What the card fields say, by language. */

export interface Words {
  readonly number: string;
  readonly expiry: string;
  readonly expiryHint: string;
  readonly name: string;
  readonly numberInvalid: string;
  readonly expiryInvalid: string;
  readonly expiryPast: string;
  readonly nameInvalid: string;
}

const WORDS = {
  en: {
    number: 'Card number',
    expiry: 'Expiry date',
    expiryHint: 'MM / YY',
    name: 'Name on the card',
    numberInvalid: 'Check the card number',
    expiryInvalid: 'Enter the month and year on the card',
    expiryPast: 'This card has expired',
    nameInvalid: 'Enter the name on the card',
  },
  fr: {
    number: 'Numéro de carte',
    expiry: 'Date d’expiration',
    expiryHint: 'MM / AA',
    name: 'Nom sur la carte',
    numberInvalid: 'Vérifiez le numéro de carte',
    expiryInvalid: 'Saisissez le mois et l’année indiqués sur la carte',
    expiryPast: 'Cette carte a expiré',
    nameInvalid: 'Saisissez le nom indiqué sur la carte',
  },
  de: {
    number: 'Kartennummer',
    expiry: 'Gültig bis',
    expiryHint: 'MM / JJ',
    name: 'Name auf der Karte',
    numberInvalid: 'Prüfen Sie die Kartennummer',
    expiryInvalid: 'Geben Sie Monat und Jahr von der Karte ein',
    expiryPast: 'Diese Karte ist abgelaufen',
    nameInvalid: 'Geben Sie den Namen auf der Karte ein',
  },
  es: {
    number: 'Número de tarjeta',
    expiry: 'Fecha de caducidad',
    expiryHint: 'MM / AA',
    name: 'Nombre en la tarjeta',
    numberInvalid: 'Compruebe el número de tarjeta',
    expiryInvalid: 'Introduzca el mes y el año que figuran en la tarjeta',
    expiryPast: 'Esta tarjeta ha caducado',
    nameInvalid: 'Introduzca el nombre que figura en la tarjeta',
  },
  it: {
    number: 'Numero della carta',
    expiry: 'Data di scadenza',
    expiryHint: 'MM / AA',
    name: 'Nome sulla carta',
    numberInvalid: 'Controlla il numero della carta',
    expiryInvalid: 'Inserisci mese e anno indicati sulla carta',
    expiryPast: 'Questa carta è scaduta',
    nameInvalid: 'Inserisci il nome indicato sulla carta',
  },
  pt: {
    number: 'Número do cartão',
    expiry: 'Data de validade',
    expiryHint: 'MM / AA',
    name: 'Nome no cartão',
    numberInvalid: 'Verifique o número do cartão',
    expiryInvalid: 'Introduza o mês e o ano indicados no cartão',
    expiryPast: 'Este cartão expirou',
    nameInvalid: 'Introduza o nome indicado no cartão',
  },
  nl: {
    number: 'Kaartnummer',
    expiry: 'Vervaldatum',
    expiryHint: 'MM / JJ',
    name: 'Naam op de kaart',
    numberInvalid: 'Controleer het kaartnummer',
    expiryInvalid: 'Vul de maand en het jaar op de kaart in',
    expiryPast: 'Deze kaart is verlopen',
    nameInvalid: 'Vul de naam op de kaart in',
  },
  pl: {
    number: 'Numer karty',
    expiry: 'Data ważności',
    expiryHint: 'MM / RR',
    name: 'Imię i nazwisko na karcie',
    numberInvalid: 'Sprawdź numer karty',
    expiryInvalid: 'Wpisz miesiąc i rok podane na karcie',
    expiryPast: 'Ta karta straciła ważność',
    nameInvalid: 'Wpisz imię i nazwisko podane na karcie',
  },
  ja: {
    number: 'カード番号',
    expiry: '有効期限',
    expiryHint: '月 / 年',
    name: 'カード名義',
    numberInvalid: 'カード番号をご確認ください',
    expiryInvalid: 'カードに記載の月と年を入力してください',
    expiryPast: 'このカードは有効期限が切れています',
    nameInvalid: 'カード名義を入力してください',
  },
  ar: {
    number: 'رقم البطاقة',
    expiry: 'تاريخ الانتهاء',
    expiryHint: 'شهر / سنة',
    name: 'الاسم على البطاقة',
    numberInvalid: 'تحقق من رقم البطاقة',
    expiryInvalid: 'أدخل الشهر والسنة المدونين على البطاقة',
    expiryPast: 'انتهت صلاحية هذه البطاقة',
    nameInvalid: 'أدخل الاسم المدون على البطاقة',
  },
} as const satisfies Record<string, Words>;

export type Language = keyof typeof WORDS;

/** The first of `wished` (BCP 47, best first) that there are words for; English where there is none. */
export function languageFor(wished: readonly string[]): Language {
  const known = wished
    .map((one) => one.toLowerCase().split('-')[0] ?? '')
    .find((one) => Object.keys(WORDS).includes(one));
  return (known as Language | undefined) ?? 'en';
}

/** What the fields say in a language, and which way it is written. */
export function wordsIn(language: Language): Words & { readonly dir: 'ltr' | 'rtl' } {
  return { ...WORDS[language], dir: language === 'ar' ? 'rtl' : 'ltr' };
}
