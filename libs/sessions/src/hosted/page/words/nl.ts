import type { Words } from '../words';

export const NL: Words = {
  total: 'Totaal',
  noCharge: 'Kaartcontrole, er wordt niets afgeschreven',
  reference: 'Kenmerk',
  card: 'Kaart',
  cardEnding: '{card} eindigend op {digits}',
  protectedBy: 'Beveiligd met {programme}',

  steps: 'Stappen',
  stepReady: 'Voorbereiden',
  stepBank: 'Je bank',
  stepBack: 'Terug naar {shop}',
  done: 'klaar',

  screens: {
    preparing: {
      title: 'Een ogenblik geduld',
      lead: 'We bereiden de vraag aan je bank voor. Houd deze pagina open.',
    },
    asking: {
      title: 'Controle door je bank',
      lead: 'Dit duurt meestal maar een paar seconden. Houd deze pagina open.',
    },
    challenge: {
      title: 'Je bank wil zeker weten dat jij het bent',
      lead: 'Volg de aanwijzingen van je bank. {shop} ziet niet wat je invult.',
    },
    refused: {
      title: 'Je bank wil zeker weten dat jij het bent',
      lead: 'De pagina van je bank kan hier niet worden getoond. Open haar apart; daarna kom je hier terug.',
    },
    checking: {
      title: 'Wachten op je bank',
      lead: 'Bedankt. Het antwoord van je bank is onderweg. Houd deze pagina open.',
    },
    confirmed: { title: 'Bevestigd', lead: 'We brengen je terug naar {shop}…' },
    unconfirmed: {
      title: 'Dit is niet bevestigd',
      lead: 'We brengen je terug naar {shop}. Daar kun je het opnieuw proberen of anders betalen.',
    },
    leaving: { title: 'Terug naar {shop}', lead: 'Een ogenblik…' },
    elsewhere: {
      title: 'Geopend in een ander venster',
      lead: 'Je hebt deze pagina meer dan één keer geopend. Ga verder in het andere venster of ga hier door.',
    },
    closed: {
      title: 'Deze pagina is verlopen',
      lead: 'Voor je veiligheid blijft ze maar even open. Ga terug naar {shop} en begin opnieuw.',
    },
  },
  remarks: {
    offline: 'De verbinding is weggevallen. Zodra die terug is, gaan we vanzelf verder.',
    slow: 'Dit duurt langer dan normaal. Heeft je bank je een bericht gestuurd, beantwoord het dan. Anders hoef je deze pagina alleen open te houden.',
  },

  bankPage: 'Pagina van je bank',
  bankPageMissing: 'Zie je de pagina van je bank niet?',
  openBankPage: 'Pagina van je bank openen',

  cancel: 'Annuleren en terug naar {shop}',
  cancelBriefly: 'Annuleren',
  back: 'Terug naar {shop}',
  continueHere: 'Hier doorgaan',
  cancelTitle: 'Annuleren en terug naar {shop}?',
  cancelDeclines: 'Je bank wordt dan niet verder gevraagd en er wordt niets bevestigd.',
  cancelLeaves: 'Als je al bij je bank hebt bevestigd, kan dat nog steeds gelden.',
  cancelYes: 'Ja, annuleren',
  cancelNo: 'Nee, doorgaan',

  stuck: 'Gebeurt er niets?',
  reload: 'Pagina opnieuw laden',

  continue: 'Doorgaan',
  askWithoutScript: 'JavaScript staat uit in je browser. Klik op ‘Doorgaan’ en we vragen je bank zonder JavaScript.',
  bankWithoutScript: 'Bevestig op de pagina van je bank dat jij het bent. Daarna kom je hier terug.',
  waitWithoutScript: 'Je bank heeft nog niet geantwoord. Laad de pagina over een paar seconden opnieuw.',
  scriptNeeded:
    'Voor deze kaart is JavaScript nodig. Zet het aan in je browser en laad de pagina opnieuw, of ga terug naar {shop}.',

  notices: {
    not_found: {
      title: 'Deze link werkt niet',
      lead: 'Misschien is hij onvolledig of niet meer geldig. Ga terug naar de winkel en begin daar opnieuw.',
    },
    finished: { title: 'Klaar', lead: 'U kunt deze pagina nu sluiten. De winkel weet hoe het is afgelopen.' },
    expired: {
      title: 'Deze link is verlopen',
      lead: 'Voor je veiligheid is hij maar beperkt geldig. Ga terug naar de winkel en begin daar opnieuw.',
    },
    framed: {
      title: 'Deze pagina kan niet binnen een andere site worden getoond',
      lead: 'Om je te beschermen opent ze alleen in een eigen venster.',
    },
    busy: { title: 'Het is nu erg druk', lead: 'Probeer het over een paar seconden opnieuw.' },
    error: {
      title: 'Er ging iets mis aan onze kant',
      lead: 'Probeer het zo nog eens. Gaat het weer mis, ga dan terug naar de winkel en begin opnieuw.',
    },
  },
  openAlone: 'Openen in een eigen venster',
  tryAgain: 'Opnieuw proberen',
};
