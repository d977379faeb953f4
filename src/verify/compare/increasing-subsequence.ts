/** The longest increasing subsequence of different numbers: what is left over stands out of its place. */
export function longestIncreasingSubsequence(numbers: readonly number[]): number[] {
  const lengths: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, i) => {
    lengths[i] = 1;
    before[i] = -1;
    for (let j = 0; j < i; j++) {
      if ((numbers[j] as number) < number && (lengths[j] as number) + 1 > (lengths[i] as number)) {
        lengths[i] = (lengths[j] as number) + 1;
        before[i] = j;
      }
    }
  });
  const longest: number[] = [];
  for (let i = lengths.indexOf(Math.max(...lengths)); i >= 0; i = before[i] as number) longest.unshift(numbers[i] as number);
  return longest;
}
