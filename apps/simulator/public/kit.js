/** countersign.js, as any merchant loads it: a script tag that leads to the API. */

/** Resolves with the kit once its script has run; rejects when it does not load. */
export function loadKit(apiUrl) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${apiUrl}/js/countersign.js`;
    script.addEventListener('load', () => resolve(window.Countersign));
    script.addEventListener('error', () => reject(new Error('countersign.js did not load')));
    document.head.append(script);
  });
}
