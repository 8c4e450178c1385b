/** That the session has ended, told from one page of the browser to the others: all of them have the same one. */

/** How: nobody was at any page, or somebody signed out. */
export type ToldEnd = 'idle' | 'signed-out';

/** One for each page: another one in the same page would hear what this one says. */
let channel: BroadcastChannel | undefined;
const pages = (): BroadcastChannel => (channel ??= new BroadcastChannel('countersign.session'));

export const tellEnd = (how: ToldEnd): void => pages().postMessage(how);

/** Hears of ends that other pages tell of. @returns what stops it */
export function hearEnd(heard: (how: ToldEnd) => void): () => void {
  const listen = ({ data }: MessageEvent<ToldEnd>): void => heard(data);
  pages().addEventListener('message', listen);
  return () => pages().removeEventListener('message', listen);
}
