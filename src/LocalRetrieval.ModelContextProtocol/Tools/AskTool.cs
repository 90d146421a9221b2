using System.Globalization;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Has a chat model answer from what is found.</summary>
internal sealed class AskTool(IChatClient chat, IPassageRetriever retriever, RetrievalServerOptions options, IndexReadiness readiness) : RetrievalTool(readiness)
{
    public override Tool ProtocolTool { get; } = Describe(
        "ask",
        "Ask",
        $"Answers a question from {options.Contents}, with the sources that the answer cites by numbers like [1].",
        string.Create(CultureInfo.InvariantCulture, $$"""
            {"type":"object","properties":{
              "question":{"type":"string","minLength":1,"maxLength":{{ToolArguments.MaxLength}},"description":"The question, complete in itself."}
            },"required":["question"],"additionalProperties":false}
            """),
        ToolSchemas.Ask,
        isOpenWorld: true);   // question and passages go to the chat model's endpoint

    protected override Func<CancellationToken, Task<CallToolResult>> Prepare(ToolArguments arguments)
    {
        string question = arguments.GetText("question", "a question");
        return cancellationToken => AskAsync(question, cancellationToken);
    }

    private async Task<CallToolResult> AskAsync(string question, CancellationToken cancellationToken)
    {
        // A client of its own for each call, so that no question becomes part of another's conversation. The chat client is the services' to dispose.
        RetrievalChatClient client = new(new AnsweringClient(chat), retriever, options.Chat);
        ChatResponse response = await client.GetResponseAsync(question, cancellationToken: cancellationToken).ConfigureAwait(false);
        return Result(Answer.Of(response), ToolJsonContext.Plain.Answer);
    }

    /// <summary>Tells why there is no answer, apart from failures of the search.</summary>
    private sealed class AnsweringClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ChatResponse response;
            try
            {
                response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new McpException($"The chat model gave no answer: {OneLine.Of(exception.Message).TrimEnd('.')}. Use search and fetch instead, which need no chat model.", exception);
            }

            return string.IsNullOrWhiteSpace(response.Text)
                ? throw new McpException("The chat model answered without a text. Use search and fetch instead, which need no chat model.")
                : response;
        }
    }
}
