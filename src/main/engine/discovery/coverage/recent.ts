/** Answers that were asked for last, so that the next page of one is not made anew, nor one that is being made. */
export interface Recent<Answer> {
  get(question: string, make: () => Promise<Answer>): Promise<Answer>;
}

export function createRecent<Answer>(most: number): Recent<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return {
    get(question, make) {
      const answer = answers.get(question) ?? make();
      // What could not be made is tried again by who asks next.
      answer.catch(() => answers.get(question) === answer && answers.delete(question));
      // The one asked for now is the youngest.
      answers.delete(question);
      answers.set(question, answer);
      for (const oldest of answers.keys()) {
        if (answers.size <= most) break;
        answers.delete(oldest);
      }
      return answer;
    },
  };
}
