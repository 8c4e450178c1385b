import type { Words } from '../words';

export const FR: Words = {
  total: 'Total',
  noCharge: 'Vérification de la carte, sans débit',
  reference: 'Référence',
  card: 'Carte',
  cardEnding: '{card} se terminant par {digits}',
  protectedBy: 'Protégé par {programme}',

  steps: 'Étapes',
  stepReady: 'Préparation',
  stepBank: 'Votre banque',
  stepBack: 'Retour chez {shop}',
  done: 'terminé',

  screens: {
    preparing: {
      title: 'Un instant, s’il vous plaît',
      lead: 'Nous préparons la demande à votre banque. Merci de garder cette page ouverte.',
    },
    asking: {
      title: 'Vérification auprès de votre banque',
      lead: 'Cela ne prend en général que quelques secondes. Merci de garder cette page ouverte.',
    },
    challenge: {
      title: 'Votre banque souhaite s’assurer que c’est bien vous',
      lead: 'Suivez les instructions de votre banque. {shop} ne voit pas ce que vous saisissez.',
    },
    refused: {
      title: 'Votre banque souhaite s’assurer que c’est bien vous',
      lead: 'La page de votre banque ne peut pas s’afficher ici. Ouvrez-la séparément : vous reviendrez ici ensuite.',
    },
    checking: {
      title: 'En attente de votre banque',
      lead: 'Merci. La réponse de votre banque est en route. Gardez cette page ouverte.',
    },
    confirmed: { title: 'C’est confirmé', lead: 'Retour chez {shop}…' },
    unconfirmed: {
      title: 'La confirmation n’a pas abouti',
      lead: 'Nous vous ramenons chez {shop}, où vous pourrez réessayer ou choisir un autre moyen de paiement.',
    },
    leaving: { title: 'Retour chez {shop}', lead: 'Un instant…' },
    elsewhere: {
      title: 'Page ouverte dans une autre fenêtre',
      lead: 'Vous avez ouvert cette page plusieurs fois. Poursuivez dans l’autre fenêtre, ou continuez ici.',
    },
    closed: {
      title: 'Cette page a expiré',
      lead: 'Pour votre sécurité, elle ne reste ouverte qu’un certain temps. Retournez chez {shop} et recommencez.',
    },
  },
  remarks: {
    offline: 'La connexion est interrompue. Nous reprendrons automatiquement dès qu’elle sera rétablie.',
    slow: 'Cela prend plus de temps que d’habitude. Si votre banque vous a envoyé un message, répondez-y. Sinon, gardez simplement cette page ouverte.',
  },

  bankPage: 'Page de votre banque',
  bankPageMissing: 'La page de votre banque ne s’affiche pas ?',
  openBankPage: 'Ouvrir la page de votre banque',

  cancel: 'Annuler et retourner chez {shop}',
  cancelBriefly: 'Annuler',
  back: 'Retourner chez {shop}',
  continueHere: 'Continuer ici',
  cancelTitle: 'Annuler et retourner chez {shop} ?',
  cancelDeclines: 'Votre banque ne sera plus sollicitée et rien ne sera confirmé.',
  cancelLeaves: 'Si vous avez déjà confirmé auprès de votre banque, votre confirmation peut rester valable.',
  cancelYes: 'Oui, annuler',
  cancelNo: 'Non, continuer',

  stuck: 'Rien ne se passe ?',
  reload: 'Recharger la page',

  continue: 'Continuer',
  askWithoutScript:
    'JavaScript est désactivé dans votre navigateur. Appuyez sur « Continuer » et nous interrogerons votre banque sans lui.',
  bankWithoutScript: 'Confirmez sur la page de votre banque que c’est bien vous. Vous reviendrez ici ensuite.',
  waitWithoutScript: 'Votre banque n’a pas encore répondu. Rechargez cette page dans quelques secondes.',
  scriptNeeded:
    'Pour cette carte, JavaScript est nécessaire. Activez-le dans votre navigateur et rechargez la page, ou retournez chez {shop}.',

  notices: {
    not_found: {
      title: 'Ce lien ne fonctionne pas',
      lead: 'Il est peut-être incomplet ou n’est plus valable. Retournez sur le site marchand et recommencez.',
    },
    finished: { title: 'C’est terminé', lead: 'Vous pouvez fermer cette page. La boutique connaît le résultat.' },
    expired: {
      title: 'Ce lien a expiré',
      lead: 'Pour votre sécurité, il ne reste valable qu’un certain temps. Retournez sur le site marchand et recommencez.',
    },
    framed: {
      title: 'Cette page ne peut pas s’afficher dans un autre site',
      lead: 'Pour vous protéger, elle ne s’ouvre que dans sa propre fenêtre.',
    },
    busy: { title: 'Beaucoup de demandes en ce moment', lead: 'Merci de réessayer dans quelques secondes.' },
    error: {
      title: 'Une erreur s’est produite de notre côté',
      lead: 'Merci de réessayer dans un instant. Si le problème persiste, retournez sur le site marchand et recommencez.',
    },
  },
  openAlone: 'Ouvrir dans sa propre fenêtre',
  tryAgain: 'Réessayer',
};
