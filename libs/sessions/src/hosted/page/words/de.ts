import type { Words } from '../words';

export const DE: Words = {
  total: 'Gesamtbetrag',
  noCharge: 'Kartenprüfung, es wird nichts abgebucht',
  reference: 'Referenz',
  card: 'Karte',
  cardEnding: '{card} mit den Endziffern {digits}',
  protectedBy: 'Geschützt durch {programme}',

  steps: 'Schritte',
  stepReady: 'Vorbereitung',
  stepBank: 'Ihre Bank',
  stepBack: 'Zurück zu {shop}',
  done: 'erledigt',

  screens: {
    preparing: {
      title: 'Einen Moment bitte',
      lead: 'Wir bereiten die Anfrage bei Ihrer Bank vor. Bitte lassen Sie diese Seite geöffnet.',
    },
    asking: {
      title: 'Prüfung durch Ihre Bank',
      lead: 'Das dauert meist nur wenige Sekunden. Bitte lassen Sie diese Seite geöffnet.',
    },
    challenge: {
      title: 'Ihre Bank möchte sichergehen, dass Sie es sind',
      lead: 'Folgen Sie den Anweisungen Ihrer Bank. {shop} sieht nicht, was Sie eingeben.',
    },
    refused: {
      title: 'Ihre Bank möchte sichergehen, dass Sie es sind',
      lead: 'Die Seite Ihrer Bank kann hier nicht angezeigt werden. Öffnen Sie sie einzeln, danach kommen Sie hierher zurück.',
    },
    checking: {
      title: 'Warten auf Ihre Bank',
      lead: 'Vielen Dank. Die Antwort Ihrer Bank ist unterwegs. Bitte lassen Sie diese Seite geöffnet.',
    },
    confirmed: { title: 'Bestätigt', lead: 'Wir bringen Sie zurück zu {shop} …' },
    unconfirmed: {
      title: 'Das wurde nicht bestätigt',
      lead: 'Wir bringen Sie zurück zu {shop}. Dort können Sie es noch einmal versuchen oder anders bezahlen.',
    },
    leaving: { title: 'Zurück zu {shop}', lead: 'Einen Moment …' },
    elsewhere: {
      title: 'In einem anderen Fenster geöffnet',
      lead: 'Sie haben diese Seite mehrfach geöffnet. Machen Sie im anderen Fenster weiter oder setzen Sie hier fort.',
    },
    closed: {
      title: 'Diese Seite ist abgelaufen',
      lead: 'Zu Ihrer Sicherheit bleibt sie nur eine Weile geöffnet. Gehen Sie zurück zu {shop} und beginnen Sie noch einmal.',
    },
  },
  remarks: {
    offline: 'Die Verbindung ist unterbrochen. Sobald sie wieder da ist, geht es von selbst weiter.',
    slow: 'Das dauert länger als üblich. Falls Ihre Bank Ihnen eine Nachricht geschickt hat, beantworten Sie sie bitte. Sonst lassen Sie diese Seite einfach geöffnet.',
  },

  bankPage: 'Seite Ihrer Bank',
  bankPageMissing: 'Sehen Sie die Seite Ihrer Bank nicht?',
  openBankPage: 'Seite der Bank öffnen',

  cancel: 'Abbrechen und zurück zu {shop}',
  cancelBriefly: 'Abbrechen',
  back: 'Zurück zu {shop}',
  continueHere: 'Hier fortsetzen',
  cancelTitle: 'Abbrechen und zurück zu {shop}?',
  cancelDeclines: 'Ihre Bank wird dann nicht weiter gefragt, und nichts wird bestätigt.',
  cancelLeaves: 'Falls Sie bei Ihrer Bank schon bestätigt haben, kann das trotzdem noch gelten.',
  cancelYes: 'Ja, abbrechen',
  cancelNo: 'Nein, weitermachen',

  stuck: 'Tut sich nichts?',
  reload: 'Seite neu laden',

  continue: 'Weiter',
  askWithoutScript: 'JavaScript ist in Ihrem Browser ausgeschaltet. Mit „Weiter“ fragen wir Ihre Bank ohne JavaScript.',
  bankWithoutScript: 'Bestätigen Sie auf der Seite Ihrer Bank, dass Sie es sind. Danach kommen Sie hierher zurück.',
  waitWithoutScript: 'Ihre Bank hat noch nicht geantwortet. Laden Sie die Seite in ein paar Sekunden neu.',
  scriptNeeded:
    'Für diese Karte wird JavaScript gebraucht. Schalten Sie es in Ihrem Browser ein und laden Sie die Seite neu, oder gehen Sie zurück zu {shop}.',

  notices: {
    not_found: {
      title: 'Dieser Link funktioniert nicht',
      lead: 'Er ist vielleicht unvollständig oder nicht mehr gültig. Gehen Sie zurück zum Shop und beginnen Sie dort neu.',
    },
    finished: {
      title: 'Das war’s',
      lead: 'Sie können diese Seite jetzt schließen. Der Shop weiß, wie es ausgegangen ist.',
    },
    expired: {
      title: 'Dieser Link ist abgelaufen',
      lead: 'Zu Ihrer Sicherheit gilt er nur eine Weile. Gehen Sie zurück zum Shop und beginnen Sie dort neu.',
    },
    framed: {
      title: 'Diese Seite kann nicht innerhalb einer anderen angezeigt werden',
      lead: 'Zu Ihrem Schutz öffnet sie sich nur in einem eigenen Fenster.',
    },
    busy: { title: 'Gerade ist sehr viel los', lead: 'Bitte versuchen Sie es in ein paar Sekunden noch einmal.' },
    error: {
      title: 'Bei uns ist etwas schiefgegangen',
      lead: 'Bitte versuchen Sie es gleich noch einmal. Hilft das nicht, gehen Sie zurück zum Shop und beginnen Sie dort neu.',
    },
  },
  openAlone: 'In eigenem Fenster öffnen',
  tryAgain: 'Noch einmal versuchen',
};
