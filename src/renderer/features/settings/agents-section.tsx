import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { QueryView, useEngine } from '../../rpc/index.ts';
import { Button, CodeBlock, CopyButton, Group, KeyValues, Stack, Text, Title } from '../../ui/index.ts';

/** How an AI agent connects, what it may do, and what it is never shown. */
export function AgentsSection(): ReactElement {
  const { api } = useEngine();
  const access = useQuery(api.system.agentAccess.queryOptions());
  const [shown, setShown] = useState(false);
  return (
    <QueryView query={access} loading="Reading how agents connect" failed="The agents’ access could not be read">
      {({ url, token, stdioCommand }) => {
        const command = stdioCommand.map(quoteWord).join(' ');
        return (
          <Stack gap={16}>
            <Title order={2}>Agents (MCP)</Title>
            <Text>
              An agent can search what is published to agents, describe it, ask the cloud graph, and propose a
              deployment. It cannot approve: that is a person’s act on the review screen. It is never shown secrets,
              sensitive values, drafts, or versions that are not published to agents.
            </Text>
            <Title order={3}>Over HTTP, while Groundplan runs</Title>
            <KeyValues
              entries={[
                [
                  'Address',
                  url === null ? (
                    'not served: no workspace is open'
                  ) : (
                    <Group key="url" gap={4}>
                      <code>{url}</code>
                      <CopyButton text={url} hint="Copy the address" />
                    </Group>
                  ),
                ],
                [
                  'Token',
                  token === null ? null : (
                    <Group key="token" gap={4}>
                      <code>{shown ? token : '•'.repeat(24)}</code>
                      <Button variant="default" onClick={() => setShown(!shown)}>
                        {shown ? 'Hide' : 'Show'}
                      </Button>
                      <CopyButton text={token} hint="Copy the token" />
                    </Group>
                  ),
                ],
              ]}
            />
            <Text c="dimmed">
              Send the token as <code>Authorization: Bearer …</code>. Whoever has it can read the estate and propose;
              keep it as you would a password.
            </Text>
            <Title order={3}>Over standard input and output</Title>
            <CodeBlock text={command} label="command" wrap />
            <CodeBlock text={mcpConfiguration(stdioCommand)} label="configuration of an MCP client" />
          </Stack>
        );
      }}
    </QueryView>
  );
}

function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The entry most MCP clients understand. */
function mcpConfiguration([command = '', ...args]: readonly string[]): string {
  return JSON.stringify({ mcpServers: { groundplan: { command, args } } }, null, 2);
}
