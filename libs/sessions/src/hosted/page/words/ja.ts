import type { Words } from '../words';

// In Japan the one who issues a card is the card company, seldom a bank.
export const JA: Words = {
  total: '合計',
  noCharge: 'カードの確認（請求は発生しません）',
  reference: '参照番号',
  card: 'カード',
  cardEnding: '末尾が{digits}の{card}',
  protectedBy: '{programme}で保護されています',

  steps: '手順',
  stepReady: '準備',
  stepBank: 'カード会社',
  stepBack: '{shop}に戻る',
  done: '完了',

  screens: {
    preparing: {
      title: '少々お待ちください',
      lead: 'カード会社への確認を準備しています。このページを開いたままお待ちください。',
    },
    asking: {
      title: 'カード会社に確認しています',
      lead: '通常は数秒で終わります。このページを開いたままお待ちください。',
    },
    challenge: {
      title: 'カード会社によるご本人確認',
      lead: 'カード会社の案内に従ってください。入力した内容は{shop}には見えません。',
    },
    refused: {
      title: 'カード会社によるご本人確認',
      lead: 'カード会社のページをここに表示できません。別のページで開いてください。終わるとここに戻ります。',
    },
    checking: {
      title: 'カード会社の回答を待っています',
      lead: 'ありがとうございます。まもなく回答が届きます。このページを開いたままお待ちください。',
    },
    confirmed: { title: '確認できました', lead: '{shop}に戻ります…' },
    unconfirmed: {
      title: '確認できませんでした',
      lead: '{shop}に戻ります。もう一度お試しいただくか、別のお支払い方法をお選びください。',
    },
    leaving: { title: '{shop}に戻ります', lead: '少々お待ちください…' },
    elsewhere: {
      title: '別のウィンドウで開いています',
      lead: 'このページが複数開かれています。別のウィンドウで続けるか、こちらで続けてください。',
    },
    closed: {
      title: 'このページの有効期限が切れました',
      lead: '安全のため、このページは一定時間で閉じられます。{shop}に戻って、もう一度お試しください。',
    },
  },
  remarks: {
    offline: '接続が切れました。接続が回復すると自動的に再開します。',
    slow: '通常より時間がかかっています。カード会社から通知が届いている場合は、その案内に従ってください。届いていない場合は、このページを開いたままお待ちください。',
  },

  bankPage: 'カード会社のページ',
  bankPageMissing: 'カード会社のページが表示されませんか？',
  openBankPage: 'カード会社のページを開く',

  cancel: 'キャンセルして{shop}に戻る',
  cancelBriefly: 'キャンセル',
  back: '{shop}に戻る',
  continueHere: 'ここで続ける',
  cancelTitle: 'キャンセルして{shop}に戻りますか？',
  cancelDeclines: 'カード会社への確認を中止し、何も確定されません。',
  cancelLeaves: 'カード会社ですでに確認を済ませている場合は、その内容が有効になることがあります。',
  cancelYes: 'キャンセルする',
  cancelNo: '続ける',

  stuck: '画面が進みませんか？',
  reload: 'ページを再読み込み',

  continue: '続ける',
  askWithoutScript:
    'お使いのブラウザではJavaScriptが無効になっています。「続ける」を押すと、JavaScriptを使わずにカード会社に確認します。',
  bankWithoutScript: 'カード会社のページでご本人確認をお願いします。終わるとここに戻ります。',
  waitWithoutScript: 'カード会社からまだ回答がありません。数秒後にページを再読み込みしてください。',
  scriptNeeded:
    'このカードにはJavaScriptが必要です。ブラウザで有効にしてページを再読み込みするか、{shop}に戻ってください。',

  notices: {
    not_found: {
      title: 'このリンクは利用できません',
      lead: 'リンクが不完全か、無効になっている可能性があります。ショップに戻って、もう一度お試しください。',
    },
    finished: { title: '完了しました', lead: 'このページを閉じてください。結果はショップに伝わっています。' },
    expired: {
      title: 'このリンクの有効期限が切れました',
      lead: '安全のため、リンクは一定時間で無効になります。ショップに戻って、もう一度お試しください。',
    },
    framed: {
      title: 'このページは他のサイトの中には表示できません',
      lead: 'お客様の安全のため、単独のウィンドウでのみ開きます。',
    },
    busy: { title: 'ただいま混み合っています', lead: '数秒後にもう一度お試しください。' },
    error: {
      title: 'こちらの側で問題が発生しました',
      lead: 'しばらくしてからもう一度お試しください。解決しない場合は、ショップに戻ってやり直してください。',
    },
  },
  openAlone: '単独のウィンドウで開く',
  tryAgain: 'もう一度試す',
};
