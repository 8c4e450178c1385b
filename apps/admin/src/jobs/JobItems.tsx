import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Column } from '../list/column';
import { request } from '../api/request';
import { NONE } from '../ui/cells';
import { Pill } from '../ui/Pill';
import { RowsSection } from '../ui/RowsSection';
import { FailedLink } from './FailedLink';
import type { JobItem, JobLine } from './types';
import { ITEM_STATES, WHY } from './words';

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
  const [state, setState] = useState<JobItem['state'] | ''>(job.counts.failed > 0 ? 'failed' : '');
  const [after, setAfter] = useState<string | null>(null);
  const { data } = useQuery({
    // Its counts are in the key: what has come to an end meanwhile is asked for again.
    queryKey: ['jobs', job.id, 'items', state, after, job.counts],
    queryFn: ({ signal }) =>
      request('GET jobs/{id}/items', {
        path: { id: job.id },
        query: {
          limit: LIMIT,
          ...(state === '' ? {} : { filter: JSON.stringify({ state }) }),
          ...(after === null ? {} : { after }),
        },
        signal,
      }),
    placeholderData: (previous) => previous,
  });
  const step = (label: string, cursor: string | null | undefined) =>
    cursor && <Button onClick={() => setAfter(cursor)}>{label}</Button>;
  return (
    <RowsSection
      title="What it is about"
      rows={data?.data}
      columns={COLUMNS}
      nothing="Nothing of that kind."
      actions={
        <>
          {step('Previous', data?.prev)}
          {step('Next', data?.next)}
          <Select
            value={state}
            onChange={({ target }) => {
              setState(target.value);
              setAfter(null);
            }}
            displayEmpty
            inputProps={{ 'aria-label': 'Which' }}
            sx={{ fontSize: 12.5, '& .MuiSelect-select': { py: '3px' } }}
          >
            <MenuItem value="">All</MenuItem>
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
