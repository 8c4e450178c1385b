import type { Words } from '../words';

export const ES: Words = {
  total: 'Total',
  noCharge: 'Comprobación de la tarjeta, sin ningún cargo',
  reference: 'Referencia',
  card: 'Tarjeta',
  cardEnding: '{card} terminada en {digits}',
  protectedBy: 'Protegido por {programme}',

  steps: 'Pasos',
  stepReady: 'Preparación',
  stepBank: 'Tu banco',
  stepBack: 'Volver a {shop}',
  done: 'completado',

  screens: {
    preparing: {
      title: 'Un momento, por favor',
      lead: 'Estamos preparando la consulta a tu banco. No cierres esta página.',
    },
    asking: {
      title: 'Consultando a tu banco',
      lead: 'Suele tardar solo unos segundos. No cierres esta página.',
    },
    challenge: {
      title: 'Tu banco quiere asegurarse de que eres tú',
      lead: 'Sigue las instrucciones de tu banco. {shop} no ve lo que escribes.',
    },
    refused: {
      title: 'Tu banco quiere asegurarse de que eres tú',
      lead: 'La página de tu banco no se puede mostrar aquí. Ábrela aparte; después volverás aquí.',
    },
    checking: {
      title: 'Esperando a tu banco',
      lead: 'Gracias. La respuesta de tu banco está en camino. No cierres esta página.',
    },
    confirmed: { title: 'Confirmado', lead: 'Te llevamos de vuelta a {shop}…' },
    unconfirmed: {
      title: 'No se ha podido confirmar',
      lead: 'Te llevamos de vuelta a {shop}, donde puedes volver a intentarlo o pagar de otra forma.',
    },
    leaving: { title: 'Volviendo a {shop}', lead: 'Un momento…' },
    elsewhere: {
      title: 'Abierta en otra ventana',
      lead: 'Has abierto esta página más de una vez. Sigue en la otra ventana o continúa aquí.',
    },
    closed: {
      title: 'Esta página ha caducado',
      lead: 'Por tu seguridad, solo permanece abierta un tiempo. Vuelve a {shop} y empieza de nuevo.',
    },
  },
  remarks: {
    offline: 'Se ha perdido la conexión. Seguiremos automáticamente en cuanto vuelva.',
    slow: 'Está tardando más de lo normal. Si tu banco te ha enviado un mensaje, respóndelo. Si no, basta con que no cierres esta página.',
  },

  bankPage: 'Página de tu banco',
  bankPageMissing: '¿No ves la página de tu banco?',
  openBankPage: 'Abrir la página de tu banco',

  cancel: 'Cancelar y volver a {shop}',
  cancelBriefly: 'Cancelar',
  back: 'Volver a {shop}',
  continueHere: 'Continuar aquí',
  cancelTitle: '¿Cancelar y volver a {shop}?',
  cancelDeclines: 'Ya no se consultará a tu banco y no se confirmará nada.',
  cancelLeaves: 'Si ya has confirmado con tu banco, es posible que siga siendo válido.',
  cancelYes: 'Sí, cancelar',
  cancelNo: 'No, seguir',

  stuck: '¿No pasa nada?',
  reload: 'Volver a cargar la página',

  continue: 'Continuar',
  askWithoutScript: 'JavaScript está desactivado en tu navegador. Pulsa «Continuar» y consultaremos a tu banco sin él.',
  bankWithoutScript: 'Confirma en la página de tu banco que eres tú. Después volverás aquí.',
  waitWithoutScript: 'Tu banco aún no ha respondido. Vuelve a cargar la página dentro de unos segundos.',
  scriptNeeded:
    'Para esta tarjeta hace falta JavaScript. Actívalo en tu navegador y vuelve a cargar la página, o vuelve a {shop}.',

  notices: {
    not_found: {
      title: 'Este enlace no funciona',
      lead: 'Puede que esté incompleto o que ya no sea válido. Vuelve a la tienda y empieza de nuevo desde allí.',
    },
    finished: { title: 'Ya está', lead: 'Ya puede cerrar esta página. La tienda conoce el resultado.' },
    expired: {
      title: 'Este enlace ha caducado',
      lead: 'Por tu seguridad, solo es válido durante un tiempo. Vuelve a la tienda y empieza de nuevo desde allí.',
    },
    framed: {
      title: 'Esta página no se puede mostrar dentro de otro sitio',
      lead: 'Para protegerte, solo se abre en su propia ventana.',
    },
    busy: { title: 'Hay mucho movimiento ahora mismo', lead: 'Vuelve a intentarlo dentro de unos segundos.' },
    error: {
      title: 'Algo ha fallado por nuestra parte',
      lead: 'Vuelve a intentarlo en un momento. Si se repite, vuelve a la tienda y empieza de nuevo.',
    },
  },
  openAlone: 'Abrir en su propia ventana',
  tryAgain: 'Volver a intentarlo',
};
