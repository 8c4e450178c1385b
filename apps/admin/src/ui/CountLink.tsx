import { Link } from 'react-router-dom';

/** A count that leads to what it counts, as long as that is something. */
export function CountLink({ count, to }: { readonly count: number; readonly to: string }) {
  const shown = count.toLocaleString('en');
  return count === 0 ? shown : <Link to={to}>{shown}</Link>;
}
