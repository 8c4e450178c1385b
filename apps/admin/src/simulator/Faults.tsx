import Button from '@mui/material/Button';
import { useState } from 'react';
import type { Column } from '../list/column';
import { perform } from '../providers/acts';
import { useMe } from '../session/me';
import { SCHEME_NAMES, wordFor } from '../sessions/words';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { Notice } from '../ui/Notice';
import { Pill } from '../ui/Pill';
import { ReasonedAct } from '../ui/ReasonedAct';
import { RowsSection } from '../ui/RowsSection';
import { SelectInput } from '../ui/SelectInput';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';
import { PARTS, type Fault, type Part, type Simulator } from './types';
import { DELAYED, faultWords, isActive, modeWords, PART_WORDS } from './words';

interface Row {
  readonly id: Part;
  readonly fault: Fault;
}

const nameOf = (scheme: string): string => wordFor(SCHEME_NAMES, scheme);

const COLUMNS: readonly Column<Row>[] = [
  { name: 'part', label: 'Part', isUsual: true, card: 'lead', render: ({ id }) => PART_WORDS[id].name },
  {
    name: 'state',
    label: 'State',
    isUsual: true,
    card: 'side',
    render: ({ fault }) => (
      <Pill tone={isActive(fault) ? 'warn' : 'good'}>{isActive(fault) ? 'Failing' : 'In order'}</Pill>
    ),
  },
  {
    name: 'fault',
    label: 'What it does',
    isUsual: true,
    card: 'line',
    render: ({ id, fault }) => (fault.times === 0 ? modeWords(id, 'none') : faultWords(id, fault, nameOf)),
  },
];

/** What is wrong with each part, and how to have it otherwise. */
export function Faults({ simulator }: { readonly simulator: Simulator }) {
  const me = useMe();
  const done = useDone();
  const [changed, setChanged] = useState<Part | null>(null);
  // A fault strikes the sessions of every merchant.
  const mayUse = me?.all_merchants === true && me.permissions.includes('simulator.use');
  const { faults, upstream_faults: upstream } = simulator;
  const rows = PARTS.map((id) => ({ id, fault: faults[id] }));
  const hasFault = upstream.length > 0 || rows.some(({ fault }) => fault.mode !== 'none');
  const reset = async (given: Given): Promise<void> => {
    await perform('POST simulator/reset', given, {});
    await done('Every fault has ended.');
  };
  return (
    <>
      {upstream.length > 0 && (
        <Notice kind="warn">
          Its Checkout.com has {upstream.length} {upstream.length === 1 ? 'fault' : 'faults'}:{' '}
          {upstream.map(({ on, mode }) => `${mode} (${on.replaceAll('_', ' ')})`).join(', ')}.
        </Notice>
      )}
      <RowsSection
        title="Faults"
        rows={rows}
        columns={mayUse ? [...COLUMNS, changeColumn(setChanged)] : COLUMNS}
        nothing=""
        actions={
          mayUse && (
            <ReasonedAct
              label="Reset all"
              explanation={[
                'Every fault ends at once, those of its Checkout.com as well.',
                'Sessions under way go on.',
              ]}
              obstacle={hasFault ? null : 'Nothing is wrong with it'}
              onDo={reset}
            />
          )
        }
      />
      {changed && <ChangeFault part={changed} simulator={simulator} onClose={() => setChanged(null)} />}
    </>
  );
}

const changeColumn = (onChange: (part: Part) => void): Column<Row> => ({
  name: 'change',
  label: '',
  isUsual: true,
  isRight: true,
  card: 'act',
  render: ({ id }) => (
    <Button onClick={() => onChange(id)} aria-label={`Change ${PART_WORDS[id].name}`}>
      Change
    </Button>
  ),
});

interface ChangeFaultProps {
  readonly part: Part;
  readonly simulator: Simulator;
  readonly onClose: () => void;
}

/** Has one part fail in another way; the others stay as they are. */
function ChangeFault({ part, simulator: { faults, fault_modes: modes }, onClose }: ChangeFaultProps) {
  const now = faults[part];
  const [mode, setMode] = useState(now.mode);
  const [scheme, setScheme] = useState(now.scheme ?? '');
  const [times, setTimes] = useState('1');
  const [delay, setDelay] = useState(String(now.delay_ms));
  const done = useDone();
  const change = async (given: Given): Promise<void> => {
    const wanted = {
      mode,
      ...(mode === 'none' || times === '' ? {} : { times: Number(times) }),
      ...(DELAYED.has(mode) ? { delay_ms: Number(delay) } : {}),
      ...(part === 'ds' && mode !== 'none' && scheme !== '' ? { scheme } : {}),
    };
    const kept = Object.fromEntries(PARTS.filter((one) => isActive(faults[one])).map((one) => [one, faults[one]]));
    await perform('PUT simulator/faults', given, { body: { ...kept, [part]: wanted } });
    await done(mode === 'none' ? 'The fault has ended.' : 'The fault is there.');
    onClose();
  };
  return (
    <ActDialog
      title={PART_WORDS[part].name}
      label="Set"
      explanation={['It strikes sessions of every merchant that are under way or begun from now on.']}
      onDo={change}
      onClose={onClose}
    >
      <SelectInput
        label={PART_WORDS[part].what}
        value={mode}
        choices={modes[part].map((value) => ({ value, label: modeWords(part, value) }))}
        onChange={setMode}
      />
      {mode !== 'none' && (
        <TextInput
          label="How often"
          value={times}
          onChange={setTimes}
          hint="Empty: until somebody ends it"
          attributes={{ inputMode: 'numeric', pattern: '[1-9][0-9]{0,5}' }}
        />
      )}
      {DELAYED.has(mode) && (
        <TextInput
          label="Milliseconds"
          value={delay}
          onChange={setDelay}
          isRequired
          attributes={{ inputMode: 'numeric', pattern: '[0-9]{1,5}' }}
        />
      )}
      {part === 'ds' && mode !== 'none' && (
        <SelectInput
          label="At"
          value={scheme}
          choices={[
            { value: '', label: 'Every scheme' },
            ...Object.entries(SCHEME_NAMES)
              .filter(([value]) => value !== 'diners')
              .map(([value, label]) => ({ value, label })),
          ]}
          onChange={setScheme}
        />
      )}
    </ActDialog>
  );
}
