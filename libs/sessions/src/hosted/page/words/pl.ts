import type { Words } from '../words';

export const PL: Words = {
  total: 'Razem',
  noCharge: 'Weryfikacja karty, bez obciążenia',
  reference: 'Numer referencyjny',
  card: 'Karta',
  cardEnding: '{card} z końcówką {digits}',
  protectedBy: 'Ochrona: {programme}',

  steps: 'Kroki',
  stepReady: 'Przygotowanie',
  stepBank: 'Twój bank',
  stepBack: 'Powrót do {shop}',
  done: 'gotowe',

  screens: {
    preparing: {
      title: 'Chwileczkę…',
      lead: 'Przygotowujemy zapytanie do Twojego banku. Nie zamykaj tej strony.',
    },
    asking: {
      title: 'Sprawdzamy w Twoim banku',
      lead: 'Zwykle trwa to kilka sekund. Nie zamykaj tej strony.',
    },
    challenge: {
      title: 'Twój bank chce się upewnić, że to Ty',
      lead: 'Postępuj zgodnie z instrukcjami banku. {shop} nie widzi tego, co wpisujesz.',
    },
    refused: {
      title: 'Twój bank chce się upewnić, że to Ty',
      lead: 'Strony Twojego banku nie można tu wyświetlić. Otwórz ją osobno, a potem wrócisz tutaj.',
    },
    checking: {
      title: 'Czekamy na Twój bank',
      lead: 'Dziękujemy. Odpowiedź banku jest w drodze. Nie zamykaj tej strony.',
    },
    confirmed: { title: 'Potwierdzono', lead: 'Wracamy do {shop}…' },
    unconfirmed: {
      title: 'Nie udało się potwierdzić',
      lead: 'Wracamy do {shop}. Możesz tam spróbować ponownie lub wybrać inny sposób płatności.',
    },
    leaving: { title: 'Powrót do {shop}', lead: 'Chwileczkę…' },
    elsewhere: {
      title: 'Otwarte w innym oknie',
      lead: 'Ta strona została otwarta więcej niż raz. Dokończ w tamtym oknie albo kontynuuj tutaj.',
    },
    closed: {
      title: 'Ta strona wygasła',
      lead: 'Dla bezpieczeństwa jest otwarta tylko przez pewien czas. Wróć do {shop} i zacznij od nowa.',
    },
  },
  remarks: {
    offline: 'Utracono połączenie. Gdy tylko wróci, będziemy kontynuować automatycznie.',
    slow: 'Trwa to dłużej niż zwykle. Jeśli bank wysłał Ci wiadomość, odpowiedz na nią. W przeciwnym razie po prostu nie zamykaj tej strony.',
  },

  bankPage: 'Strona Twojego banku',
  bankPageMissing: 'Nie widzisz strony swojego banku?',
  openBankPage: 'Otwórz stronę banku',

  cancel: 'Anuluj i wróć do {shop}',
  cancelBriefly: 'Anuluj',
  back: 'Wróć do {shop}',
  continueHere: 'Kontynuuj tutaj',
  cancelTitle: 'Anulować i wrócić do {shop}?',
  cancelDeclines: 'Bank nie będzie już pytany i nic nie zostanie potwierdzone.',
  cancelLeaves: 'Jeśli operacja została już potwierdzona w banku, potwierdzenie może nadal być ważne.',
  cancelYes: 'Tak, anuluj',
  cancelNo: 'Nie, kontynuuj',

  stuck: 'Nic się nie dzieje?',
  reload: 'Odśwież stronę',

  continue: 'Dalej',
  askWithoutScript: 'JavaScript jest wyłączony w Twojej przeglądarce. Wybierz „Dalej”, a zapytamy bank bez niego.',
  bankWithoutScript: 'Potwierdź na stronie banku, że to Ty. Potem wrócisz tutaj.',
  waitWithoutScript: 'Bank jeszcze nie odpowiedział. Odśwież stronę za kilka sekund.',
  scriptNeeded: 'Ta karta wymaga JavaScriptu. Włącz go w przeglądarce i odśwież stronę albo wróć do {shop}.',

  notices: {
    not_found: {
      title: 'Ten link nie działa',
      lead: 'Może być niepełny lub już nieważny. Wróć do sklepu i zacznij od nowa.',
    },
    finished: { title: 'Gotowe', lead: 'Możesz teraz zamknąć tę stronę. Sklep zna wynik.' },
    expired: {
      title: 'Ten link wygasł',
      lead: 'Dla bezpieczeństwa jest ważny tylko przez pewien czas. Wróć do sklepu i zacznij od nowa.',
    },
    framed: {
      title: 'Tej strony nie można wyświetlić wewnątrz innej witryny',
      lead: 'Dla Twojego bezpieczeństwa otwiera się tylko we własnym oknie.',
    },
    busy: { title: 'Mamy teraz duży ruch', lead: 'Spróbuj ponownie za kilka sekund.' },
    error: {
      title: 'Coś poszło nie tak po naszej stronie',
      lead: 'Spróbuj ponownie za chwilę. Jeśli to się powtórzy, wróć do sklepu i zacznij od nowa.',
    },
  },
  openAlone: 'Otwórz we własnym oknie',
  tryAgain: 'Spróbuj ponownie',
};
