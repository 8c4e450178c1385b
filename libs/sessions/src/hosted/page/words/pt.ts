import type { Words } from '../words';

export const PT: Words = {
  total: 'Total',
  noCharge: 'Verificação do cartão, sem cobrança',
  reference: 'Referência',
  card: 'Cartão',
  cardEnding: '{card} com final {digits}',
  protectedBy: 'Protegido por {programme}',

  steps: 'Etapas',
  stepReady: 'Preparação',
  stepBank: 'O seu banco',
  stepBack: 'Voltar para {shop}',
  done: 'concluído',

  screens: {
    preparing: {
      title: 'Um momento, por favor',
      lead: 'Estamos preparando a consulta ao seu banco. Mantenha esta página aberta.',
    },
    asking: {
      title: 'Consultando o seu banco',
      lead: 'Em geral, leva apenas alguns segundos. Mantenha esta página aberta.',
    },
    challenge: {
      title: 'O seu banco quer ter certeza de que é você',
      lead: 'Siga as instruções do seu banco. {shop} não vê o que você digita.',
    },
    refused: {
      title: 'O seu banco quer ter certeza de que é você',
      lead: 'A página do seu banco não pode ser mostrada aqui. Abra-a separadamente; depois, você voltará para cá.',
    },
    checking: {
      title: 'Aguardando o seu banco',
      lead: 'Obrigado. A resposta do seu banco está a caminho. Mantenha esta página aberta.',
    },
    confirmed: { title: 'Confirmado', lead: 'Levando você de volta para {shop}…' },
    unconfirmed: {
      title: 'Não foi possível confirmar',
      lead: 'Levando você de volta para {shop}, onde pode tentar de novo ou escolher outra forma de pagamento.',
    },
    leaving: { title: 'Voltando para {shop}', lead: 'Um momento…' },
    elsewhere: {
      title: 'Aberta em outra janela',
      lead: 'Você abriu esta página mais de uma vez. Prossiga na outra janela ou continue aqui.',
    },
    closed: {
      title: 'Esta página expirou',
      lead: 'Para a sua segurança, ela só fica aberta por algum tempo. Volte para {shop} e comece de novo.',
    },
  },
  remarks: {
    offline: 'A conexão foi perdida. Vamos continuar automaticamente assim que ela voltar.',
    slow: 'Está demorando mais do que o normal. Se o seu banco enviou uma mensagem, responda a ela. Caso contrário, basta manter esta página aberta.',
  },

  bankPage: 'Página do seu banco',
  bankPageMissing: 'Não está vendo a página do seu banco?',
  openBankPage: 'Abrir a página do seu banco',

  cancel: 'Cancelar e voltar para {shop}',
  cancelBriefly: 'Cancelar',
  back: 'Voltar para {shop}',
  continueHere: 'Continuar aqui',
  cancelTitle: 'Cancelar e voltar para {shop}?',
  cancelDeclines: 'O seu banco não será mais consultado e nada será confirmado.',
  cancelLeaves: 'Se você já confirmou com o seu banco, a confirmação ainda pode valer.',
  cancelYes: 'Sim, cancelar',
  cancelNo: 'Não, continuar',

  stuck: 'Nada acontece?',
  reload: 'Recarregar a página',

  continue: 'Continuar',
  askWithoutScript:
    'O JavaScript está desativado no seu navegador. Toque em “Continuar” e consultaremos o seu banco sem ele.',
  bankWithoutScript: 'Confirme na página do seu banco que é você. Depois, você voltará para cá.',
  waitWithoutScript: 'O seu banco ainda não respondeu. Recarregue a página dentro de alguns segundos.',
  scriptNeeded:
    'Para este cartão é necessário JavaScript. Ative-o no seu navegador e recarregue a página, ou volte para {shop}.',

  notices: {
    not_found: {
      title: 'Este link não funciona',
      lead: 'Ele pode estar incompleto ou não ser mais válido. Volte para a loja e comece de novo por lá.',
    },
    finished: { title: 'Concluído', lead: 'Já pode fechar esta página. A loja conhece o resultado.' },
    expired: {
      title: 'Este link expirou',
      lead: 'Para a sua segurança, ele só vale por algum tempo. Volte para a loja e comece de novo por lá.',
    },
    framed: {
      title: 'Esta página não pode ser mostrada dentro de outro site',
      lead: 'Para proteger você, ela só abre em uma janela própria.',
    },
    busy: { title: 'Há muito movimento neste momento', lead: 'Tente de novo em alguns segundos.' },
    error: {
      title: 'Algo deu errado do nosso lado',
      lead: 'Tente de novo em instantes. Se acontecer outra vez, volte para a loja e recomece.',
    },
  },
  openAlone: 'Abrir em uma janela própria',
  tryAgain: 'Tentar de novo',
};
