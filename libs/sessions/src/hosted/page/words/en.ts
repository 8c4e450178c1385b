import type { Words } from '../words';

export const EN: Words = {
  total: 'Total',
  noCharge: 'Card check, nothing is charged',
  reference: 'Reference',
  card: 'Card',
  cardEnding: '{card} ending in {digits}',
  protectedBy: 'Protected by {programme}',

  steps: 'Steps',
  stepReady: 'Getting ready',
  stepBank: 'Your bank',
  stepBack: 'Back to {shop}',
  done: 'done',

  screens: {
    preparing: {
      title: 'One moment, please',
      lead: 'We are getting ready to ask your bank. Please keep this page open.',
    },
    asking: {
      title: 'Checking with your bank',
      lead: 'This usually takes a few seconds. Please keep this page open.',
    },
    challenge: {
      title: 'Your bank wants to make sure it’s you',
      lead: 'Follow your bank’s instructions. {shop} can’t see what you enter.',
    },
    refused: {
      title: 'Your bank wants to make sure it’s you',
      lead: 'Your bank’s page can’t be shown here. Open it on its own, and you’ll come back here afterwards.',
    },
    checking: {
      title: 'Waiting for your bank',
      lead: 'Thank you. Your bank’s answer is on its way. Please keep this page open.',
    },
    confirmed: { title: 'Confirmed', lead: 'Taking you back to {shop}…' },
    unconfirmed: {
      title: 'This wasn’t confirmed',
      lead: 'Taking you back to {shop}, where you can try again or choose another way to pay.',
    },
    leaving: { title: 'Back to {shop}', lead: 'One moment…' },
    elsewhere: {
      title: 'Open in another window',
      lead: 'You have opened this page more than once. Carry on in the other window, or continue here.',
    },
    closed: {
      title: 'This page has expired',
      lead: 'For your security it only stays open for a while. Go back to {shop} and start again.',
    },
  },
  remarks: {
    offline: 'The connection was lost. We’ll carry on by ourselves as soon as it is back.',
    slow: 'This is taking longer than usual. If your bank has sent you a message, please answer it. Otherwise just keep this page open.',
  },

  bankPage: 'Your bank’s page',
  bankPageMissing: 'Can’t see your bank’s page?',
  openBankPage: 'Open your bank’s page',

  cancel: 'Cancel and go back to {shop}',
  cancelBriefly: 'Cancel',
  back: 'Back to {shop}',
  continueHere: 'Continue here',
  cancelTitle: 'Cancel and go back to {shop}?',
  cancelDeclines: 'Your bank won’t be asked any further, and nothing will be confirmed.',
  cancelLeaves: 'If you have already confirmed with your bank, it may still count.',
  cancelYes: 'Yes, cancel',
  cancelNo: 'No, carry on',

  stuck: 'Nothing happening?',
  reload: 'Reload this page',

  continue: 'Continue',
  askWithoutScript: 'JavaScript is turned off in your browser. Press Continue and we will ask your bank without it.',
  bankWithoutScript: 'Confirm on your bank’s page that it’s you. You’ll come back here afterwards.',
  waitWithoutScript: 'Your bank has not answered yet. Reload this page in a few seconds.',
  scriptNeeded:
    'For this card we need JavaScript. Turn it on in your browser and reload this page, or go back to {shop}.',

  notices: {
    not_found: {
      title: 'This link doesn’t work',
      lead: 'It may be incomplete or no longer valid. Go back to the shop and start again from there.',
    },
    finished: { title: 'That’s it', lead: 'You can close this page now. The shop knows how it went.' },
    expired: {
      title: 'This link has expired',
      lead: 'For your security it only stays open for a while. Go back to the shop and start again from there.',
    },
    framed: {
      title: 'This page can’t be shown inside another site',
      lead: 'To protect you, it only opens in a window of its own.',
    },
    busy: { title: 'A lot is going on right now', lead: 'Please try again in a few seconds.' },
    error: {
      title: 'Something went wrong on our side',
      lead: 'Please try again in a moment. If it happens again, go back to the shop and start over.',
    },
  },
  openAlone: 'Open in its own window',
  tryAgain: 'Try again',
};
