import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Column } from '../list/column';
import { request } from '../api/request';
import { NONE } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { RowsSection } from '../ui/RowsSection';
import { Section } from '../ui/Section';
import { Failure } from '../ui/states';
import { FailedLink } from './FailedLink';
import { readItems, writeItems, type ItemsAddress, type Which } from './items-address';
import type { JobItem, JobLine } from './types';
import { ITEM_STATES, WHY } from './words';

const TITLE = 'What it is about';
const LIMIT = 50;
const STATES = Object.keys(ITEM_STATES) as (keyof typeof ITEM_STATES)[];

const COLUMNS: readonly Column<JobItem>[] = [
  { name: 'number', label: 'No.', isUsual: true, card: 'labelled', render: ({ number }) => number },
  { name: 'about', label: 'About', isUsual: true, card: 'lead', render: (item) => <FailedLink item={item} /> },
  {
    name: 'state',
    label: 'What came of it',
    isUsual: true,
    card: 'side',
    render: ({ state }) => <Pill tone={ITEM_STATES[state].tone}>{ITEM_STATES[state].label}</Pill>,
  },
  {
    name: 'why',
    label: 'Why not',
    isUsual: true,
    card: 'line',
    render: ({ code }) => (code === null ? NONE : (WHY[code] ?? code)),
  },
];

/** What a job is about, page by page; first of all what it could do nothing for. */
export function JobItems({ job }: { readonly job: JobLine }) {
  // As it was at first: what fails meanwhile takes nothing from under the eyes of whoever reads.
  const [usual] = useState<Which>(job.counts.failed > 0 ? 'failed' : 'all');
  const [search, setSearch] = useSearchParams();
  const { which, after } = readItems(search, usual);
  const goTo = (next: ItemsAddress): void => setSearch(writeItems(next));
  const { data, error, refetch } = useQuery({
    // Its counts are in the key: what has come to an end meanwhile is asked for again.
    queryKey: ['jobs', job.id, 'items', which, after, job.counts],
    queryFn: ({ signal }) =>
      request('GET jobs/{id}/items', {
        path: { id: job.id },
        query: {
          limit: LIMIT,
          ...(which === 'all' ? {} : { filter: JSON.stringify({ state: which }) }),
          ...(after === null ? {} : { after }),
        },
        signal,
      }),
    placeholderData: (previous) => previous,
  });
  const step = (label: string, cursor: string | null | undefined) =>
    cursor && <Button onClick={() => goTo({ which, after: cursor })}>{label}</Button>;
  if (error && data === undefined) {
    return (
      <Section title={TITLE}>
        <Failure
          error={error}
          retry={() => void refetch()}
          action={after !== null && <Button onClick={() => goTo({ which, after: null })}>Go to the beginning</Button>}
        />
      </Section>
    );
  }
  return (
    <RowsSection
      title={TITLE}
      rows={data?.data}
      columns={COLUMNS}
      nothing="Nothing of that kind."
      actions={
        <>
          {step('Previous', data?.prev)}
          {step('Next', data?.next)}
          <Select
            value={which}
            onChange={({ target }) => goTo({ which: target.value, after: null })}
            inputProps={{ 'aria-label': 'Which' }}
            sx={{ fontSize: 12.5, '& .MuiSelect-select': { py: '3px' } }}
          >
            <MenuItem value="all">All</MenuItem>
            {STATES.map((one) => (
              <MenuItem key={one} value={one}>
                {ITEM_STATES[one].label}
              </MenuItem>
            ))}
          </Select>
        </>
      }
    />
  );
}
