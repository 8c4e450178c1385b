import { styled } from '@mui/material/styles';
import { OUR_ID } from '../ui/our-id';
import { Instants } from '../ui/Instants';
import { IdLink } from '../ui/IdLink';
import { NONE } from '../ui/cells';
import type { Difference } from './changes';

const Grid = styled('table')(({ theme }) => ({
  width: '100%',
  tableLayout: 'fixed',
  borderCollapse: 'collapse',
  fontSize: 13,
  '& th, & td': {
    padding: '6px 12px 6px 0',
    textAlign: 'left',
    verticalAlign: 'top',
    fontWeight: 400,
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    borderTop: `1px solid ${theme.tokens.line}`,
  },
  '& th': { color: theme.tokens.soft },
  '& thead th': { fontSize: 12, borderTop: 0 },
  '& p': { margin: 0 },
}));

/** One thing of several below each other; those that have a screen lead there. */
function Values({ of, name }: { readonly of: readonly string[]; readonly name: string }) {
  if (of.length === 0) return NONE;
  return of.map((value) => (
    <p key={value}>{OUR_ID.test(value) ? <IdLink id={value} name={name} /> : <Instants>{value}</Instants>}</p>
  ));
}

/** What was changed: each member as it was and as it is. */
export function ChangeTable({ changes }: { readonly changes: readonly Difference[] }) {
  return (
    <Grid aria-label="What was changed">
      <thead>
        <tr>
          <th scope="col">Member</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Values of={before} name={`${name} before`} />
            </td>
            <td>
              <Values of={after} name={`${name} after`} />
            </td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}
