using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>What an answer adds to what a session remembers.</summary>
internal static class AnsweredTurn
{
    /// <summary>The state with what the answer cites as cited last, and with question and answer as the last messages.</summary>
    public static RetrievalState Add(RetrievalState state, IEnumerable<ChatMessage> answer, TurnSearches? searches, RetrievalContextProviderOptions options)
    {
        ContextSource[] known = [.. state.Sources.Select(source => source.ToSource())];
        ContextSource[] sent = [.. state.Turn!.ToTurn().Context.Sources, .. searches?.Found ?? []];
        List<ChatMessage> messages = [.. answer.Where(message => message.Role == ChatRole.Assistant && !string.IsNullOrWhiteSpace(message.Text))];
        ContextSource[] cited = [.. messages.SelectMany(message => Cited(message, sent, known, options.Chat)).DistinctBy(source => source.Number)];
        return state with
        {
            Sources = RetrievalState.Bounded(known.Where(source => !Array.Exists(cited, other => other.Number == source.Number)).Concat(cited)),
            Next = Math.Max(state.Next, searches?.Numbers.Next ?? 0),
            Recent = [.. Recent(state, messages).TakeLast(options.RememberedMessages)],
        };
    }

    private static IEnumerable<ContextSource> Cited(ChatMessage message, IReadOnlyList<ContextSource> sent, ContextSource[] known, RetrievalChatOptions options)
    {
        ChatTurn turn = new([], Options: null) { Known = [.. sent.Concat(known).DistinctBy(source => source.Number)] };
        CitedMessage cited = new(turn, options);
        cited.Append(message.Text);
        cited.Complete();
        return cited.Citations().Select(annotation => turn.Known.First(source => ReferenceEquals(source.Passage, annotation.RawRepresentation)));
    }

    /// <summary>The remembered messages; the question is there once, though each call of the model may be told.</summary>
    private static IEnumerable<RememberedMessage> Recent(RetrievalState state, List<ChatMessage> answer)
    {
        RememberedMessage question = new(ChatRole.User.Value, state.Turn!.Query);
        bool isKnown = answer.Count == 0 || state.Recent.LastOrDefault(message => message.Role == ChatRole.User.Value) == question;
        return [.. state.Recent, .. isKnown ? [] : (RememberedMessage[])[question], .. answer.Select(message => new RememberedMessage(message.Role.Value, message.Text))];
    }
}
