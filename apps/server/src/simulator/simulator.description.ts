import { DIRECTORY_SERVERS, SCHEMES } from '@app/kernel';
import { shapes, type AdminDescription } from '@app/platform';
import { FAULT_MODES, FaultsDto, SimulatorResetDto } from './faults';

const { count, flag, listOf, oneOf, orNull, ref, text, told, whole } = shapes;

const part = (modes: readonly string[], more: Parameters<typeof whole>[0] = {}) =>
  whole({
    mode: oneOf(modes),
    delay_ms: count,
    times: told('Uses left; null until somebody ends it', orNull(count)),
    ...more,
  });

const STATE = {
  faults: ref('SimulatorFaults'),
  upstream_faults: told(
    'Of its Checkout.com',
    listOf(whole({ on: text, mode: text, times: orNull(count), struck: count })),
  ),
};

export const DESCRIPTION: AdminDescription = {
  tag: 'Simulator',
  schemas: {
    SimulatorFaults: whole({
      ds: part(FAULT_MODES.ds, {
        scheme: told('At this one only', orNull(oneOf(DIRECTORY_SERVERS))),
        message: oneOf(['AReq', 'PReq', 'any']),
      }),
      rreq: part(FAULT_MODES.rreq),
      callback: part(FAULT_MODES.callback),
    }),
    SimulatorState: whole(STATE),
    Simulator: whole({
      shop_url: text,
      challenge_password: text,
      cards: listOf(
        whole({
          number: told('Published, and nobody’s', text),
          scheme: oneOf(SCHEMES),
          flow: oneOf(['frictionless', 'challenge', 'none']),
          status: oneOf(['approved', 'attempted', 'declined', 'rejected', 'unavailable', 'error']),
          reason: orNull(text),
          has_method: flag,
        }),
      ),
      fault_modes: whole({ ds: listOf(text), rreq: listOf(text), callback: listOf(text) }),
      ...STATE,
    }),
  },
  routes: {
    'GET simulator': {
      id: 'getSimulator',
      summary: 'The test cards, and what is wrong with the simulator',
      description: 'Only where there is one.',
      answer: 'Simulator',
      refusals: [503],
    },
    'PUT simulator/faults': {
      id: 'setFaults',
      summary: 'Replace the faults of directory servers, results and callbacks; parts left out are without',
      body: FaultsDto,
      answer: 'SimulatorState',
      refusals: [503],
    },
    'POST simulator/reset': {
      id: 'resetSimulator',
      summary: 'End every fault',
      body: SimulatorResetDto,
      answer: 'SimulatorState',
      refusals: [503],
    },
  },
};
