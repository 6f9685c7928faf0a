import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { Refused } from "../api/client.ts";

/**
 * Something done at the server: says how it went, and asks again for the queries of the named keys.
 * A refusal is shown in the server's words, which say what to do, with its particulars one a line; what was typed stays.
 */
export function useCommand<In, Out>(
  act: (input: In) => Promise<Out>,
  { said, refreshes }: { readonly said?: (out: Out) => string; readonly refreshes: readonly string[] },
) {
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  return useMutation<Out, Error, In>({
    mutationFn: act,
    onSuccess: async (out) => {
      if (said) message.success(said(out));
      await Promise.all(refreshes.map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
    onError: (error) => {
      const particulars = error instanceof Refused ? error.errors.map(({ says }) => says) : [];
      if (particulars.length === 0) void message.error(error.message, 6);
      else
        modal.error({
          title: error.message,
          content: particulars.join("\n"),
          style: { whiteSpace: "pre-line" },
        });
    },
  });
}
