import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../api/admin-api';
import type { ApiError } from '../providers/api-error';
import { changeLine, changesIn } from '../audit/changes';
import { sentence } from '../providers/errors';
import { Instants } from './Instants';
import { Notice } from './Notice';
import { Time } from './Time';
import { useAct } from './use-act';

/** A thing whose edits name the version that they are about. */
export interface Editable {
  readonly version: number;
}

const Changes = styled('ul')({ margin: '4px 0', paddingLeft: 18, '& li': { overflowWrap: 'anywhere' } });
const Choice = styled('div')({ marginTop: 8 });

interface ChangedMeanwhileProps {
  readonly error: ApiError;
  /** As it was when the operator decided. */
  readonly seen: Editable;
  /** As it is now, once it was loaded; null before. */
  readonly present: Editable | null;
  /** On the dialog's button. */
  readonly label: string;
  readonly onLoaded: () => void;
}

/**
 * Says that somebody else was faster, and lets the present state be loaded. What was typed stays: whether it goes on top of
 * that is the operator's next decision.
 */
export function ChangedMeanwhile({ error, seen, present, label, onLoaded }: ChangedMeanwhileProps) {
  const client = useQueryClient();
  const load = useAct(async () => {
    await client.invalidateQueries({}, { throwOnError: true });
    onLoaded();
  });
  if (present === null) {
    return (
      <>
        <Notice kind="warn">
          <Whose error={error} /> Nothing was stored, and what you typed is still here.
          <Choice>
            <Button variant="outlined" color="inherit" disabled={load.isBusy} onClick={() => void load.run()}>
              Load the present state
            </Button>
          </Choice>
        </Notice>
        {load.error !== null && (
          <Notice kind="bad">The present state could not be loaded. {sentence(load.error)}</Notice>
        )}
      </>
    );
  }
  const changes = changesIn({ before: factsOf(seen), after: factsOf(present) });
  return (
    <Notice kind="warn">
      <Whose error={error} />{' '}
      {changes.length === 0 ? 'Nothing that is shown here is different now.' : 'What is different now:'}
      {changes.length > 0 && (
        <Changes>
          {changes.map((change) => (
            <li key={change.name}>
              <Instants>{changeLine(change)}</Instants>
            </li>
          ))}
        </Changes>
      )}{' '}
      “{label}” goes on with what you typed, on top of that.
    </Notice>
  );
}

/** That there is another version is no news. */
const factsOf = ({ version: _version, ...facts }: Editable): Readonly<Record<string, unknown>> => facts;

/** Whose change it was, where that may be known. */
function Whose({ error }: { readonly error: ApiError }) {
  const { changed } = error.body as Schemas['Error'];
  if (changed === undefined) return <>Somebody else has changed it meanwhile.</>;
  return (
    <>
      Changed by {changed.by.name}, <Time at={changed.at} as="full" />.
    </>
  );
}
