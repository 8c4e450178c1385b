import Tooltip from '@mui/material/Tooltip';
import { Few } from './Grid';
import type { Rate } from './types';
import { count, percent } from './words';

/** A rate in a table: greyed where it says little, and why on the hover. */
export function RateCell({ rate, smallBelow }: { readonly rate: Rate | undefined; readonly smallBelow: number }) {
  if (rate?.value === undefined) return <span aria-label="nothing to divide by">–</span>;
  const text = percent(rate.value);
  if (!rate.small) return <span title={`${count(rate.numerator)} of ${count(rate.denominator)}`}>{text}</span>;
  return (
    <Tooltip title={`${count(rate.numerator)} of ${count(rate.denominator)}: fewer than ${smallBelow} say little`}>
      <Few>{text}</Few>
    </Tooltip>
  );
}
