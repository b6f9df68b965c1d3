/** Answers that were asked for last, so that the next page of one is not made anew. */
export interface Recent<Answer> {
  get(question: string, make: () => Answer): Answer;
}

export function createRecent<Answer>(most: number): Recent<Answer> {
  const answers = new Map<string, Answer>();
  return {
    get(question, make) {
      const answer = answers.get(question) ?? make();
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
