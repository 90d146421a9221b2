using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace ConsoleRag.Chat;

/// <summary>Answers without a model: it quotes the sentences of the sources that share most with the question, and cites them.</summary>
/// <remarks>
/// <para>It reads the prompt of a <see cref="RetrievalChatClient"/> and ignores <see cref="ChatOptions"/>: there is no model to set.
/// Quotes are verbatim but for line wraps, which become spaces, and for citation markers of the source's own, which become "[…]"
/// since they would cite the wrong source here.</para>
/// <para>Safe for concurrent use. Disposing it does nothing.</para>
/// </remarks>
internal sealed partial class ExtractiveChatClient : IChatClient
{
    internal const string Introduction =
        "No model wrote this answer: it quotes the sentences of the sources that are closest to the question.";
    internal const string NothingShared =
        "No model wrote this answer, and no sentence of the sources shares a word with the question. The sources begin:";
    internal const string NothingFound = "Nothing was found for this question, so there is nothing to quote. No model wrote this answer.";
    internal const string NoSentences = "No model wrote this answer, and the sources hold no sentence to quote. They are:";

    /// <summary>The longest quote, in UTF-16 units.</summary>
    private const int MaxQuoteLength = 400;

    private static readonly ChatClientMetadata Metadata = new("extractive");

    /// <inheritdoc />
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        string id = Guid.NewGuid().ToString("N");
        string answer = Answer(RetrievalPrompt.Read(messages));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer) { MessageId = id })
        {
            ResponseId = id,
            CreatedAt = DateTimeOffset.UtcNow,
            FinishReason = ChatFinishReason.Stop,
        });
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        List<string> pieces = [.. PieceRegex().Matches(response.Text).Select(match => match.Value)];
        for (int index = 0; index < pieces.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, pieces[index])
            {
                ResponseId = response.ResponseId,
                MessageId = response.ResponseId,
                CreatedAt = response.CreatedAt,
                FinishReason = index == pieces.Count - 1 ? response.FinishReason : null,
            };
        }
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private static string Answer(RetrievalPrompt prompt)
    {
        if (prompt.Sources.Count == 0)
        {
            return NothingFound;
        }

        List<Quote> quotes = QuoteSelection.Choose(prompt.Question, prompt.Sources, out bool sharesWords);
        if (quotes.Count == 0)
        {
            return $"{NoSentences} {string.Concat(prompt.Sources.Select(source => $"[{source.Number}]"))}";
        }

        StringBuilder answer = new(sharesWords ? Introduction : NothingShared);
        answer.Append('\n');
        foreach (Quote quote in quotes)
        {
            string sentence = Shorten(quote.Sentence);
            answer.Append(CultureInfo.InvariantCulture, $"\n- “{sentence}” [{quote.Source}]");
        }

        return answer.ToString();
    }

    /// <summary>Cuts an over-long sentence at a space.</summary>
    private static string Shorten(string sentence)
    {
        if (sentence.Length <= MaxQuoteLength)
        {
            return sentence;
        }

        int space = sentence.LastIndexOf(' ', MaxQuoteLength - 1);
        int end = space > MaxQuoteLength / 2 ? space : MaxQuoteLength - 1;
        return sentence[..(char.IsHighSurrogate(sentence[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }

    [GeneratedRegex(@"\S+\s*|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex PieceRegex();
}
