import type { Words } from '../words';

export const IT: Words = {
  total: 'Totale',
  noCharge: 'Verifica della carta, nessun addebito',
  reference: 'Riferimento',
  card: 'Carta',
  cardEnding: '{card} che termina con {digits}',
  protectedBy: 'Protetto da {programme}',

  steps: 'Passaggi',
  stepReady: 'Preparazione',
  stepBank: 'La tua banca',
  stepBack: 'Ritorno a {shop}',
  done: 'completato',

  screens: {
    preparing: {
      title: 'Un momento, per favore',
      lead: 'Stiamo preparando la richiesta alla tua banca. Tieni aperta questa pagina.',
    },
    asking: {
      title: 'Verifica con la tua banca',
      lead: 'Di solito bastano pochi secondi. Tieni aperta questa pagina.',
    },
    challenge: {
      title: 'La tua banca vuole essere sicura che sia tu',
      lead: 'Segui le istruzioni della tua banca. {shop} non vede ciò che inserisci.',
    },
    refused: {
      title: 'La tua banca vuole essere sicura che sia tu',
      lead: 'La pagina della tua banca non può essere mostrata qui. Aprila a parte: al termine tornerai qui.',
    },
    checking: {
      title: 'In attesa della tua banca',
      lead: 'Grazie. La risposta della tua banca sta arrivando. Tieni aperta questa pagina.',
    },
    confirmed: { title: 'Confermato', lead: 'Ti riportiamo a {shop}…' },
    unconfirmed: {
      title: 'La conferma non è riuscita',
      lead: 'Ti riportiamo a {shop}, dove puoi riprovare o scegliere un altro metodo di pagamento.',
    },
    leaving: { title: 'Ritorno a {shop}', lead: 'Un momento…' },
    elsewhere: {
      title: 'Aperta in un’altra finestra',
      lead: 'Hai aperto questa pagina più di una volta. Prosegui nell’altra finestra oppure continua qui.',
    },
    closed: {
      title: 'Questa pagina è scaduta',
      lead: 'Per la tua sicurezza resta aperta solo per un po’. Torna a {shop} e ricomincia.',
    },
  },
  remarks: {
    offline: 'La connessione si è interrotta. Riprenderemo automaticamente appena torna.',
    slow: 'Ci vuole più tempo del solito. Se la tua banca ti ha inviato un messaggio, rispondi. Altrimenti tieni semplicemente aperta questa pagina.',
  },

  bankPage: 'Pagina della tua banca',
  bankPageMissing: 'Non vedi la pagina della tua banca?',
  openBankPage: 'Apri la pagina della tua banca',

  cancel: 'Annulla e torna a {shop}',
  cancelBriefly: 'Annulla',
  back: 'Torna a {shop}',
  continueHere: 'Continua qui',
  cancelTitle: 'Annullare e tornare a {shop}?',
  cancelDeclines: 'La tua banca non verrà più interpellata e non sarà confermato nulla.',
  cancelLeaves: 'Se hai già confermato con la tua banca, la conferma potrebbe restare valida.',
  cancelYes: 'Sì, annulla',
  cancelNo: 'No, prosegui',

  stuck: 'Non succede nulla?',
  reload: 'Ricarica la pagina',

  continue: 'Continua',
  askWithoutScript:
    'JavaScript è disattivato nel tuo browser. Premi «Continua» e interpelleremo la tua banca senza JavaScript.',
  bankWithoutScript: 'Conferma sulla pagina della tua banca che sei tu. Al termine tornerai qui.',
  waitWithoutScript: 'La tua banca non ha ancora risposto. Ricarica la pagina tra qualche secondo.',
  scriptNeeded: 'Per questa carta serve JavaScript. Attivalo nel browser e ricarica la pagina, oppure torna a {shop}.',

  notices: {
    not_found: {
      title: 'Questo link non funziona',
      lead: 'Potrebbe essere incompleto o non più valido. Torna al negozio e ricomincia da lì.',
    },
    finished: { title: 'Fatto', lead: 'Ora può chiudere questa pagina. Il negozio conosce l’esito.' },
    expired: {
      title: 'Questo link è scaduto',
      lead: 'Per la tua sicurezza resta valido solo per un po’. Torna al negozio e ricomincia da lì.',
    },
    framed: {
      title: 'Questa pagina non può essere mostrata dentro un altro sito',
      lead: 'Per proteggerti si apre solo in una finestra tutta sua.',
    },
    busy: { title: 'In questo momento c’è molto traffico', lead: 'Riprova tra qualche secondo.' },
    error: {
      title: 'Qualcosa non ha funzionato da parte nostra',
      lead: 'Riprova tra un momento. Se succede ancora, torna al negozio e ricomincia.',
    },
  },
  openAlone: 'Apri in una finestra separata',
  tryAgain: 'Riprova',
};
