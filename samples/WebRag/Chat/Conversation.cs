using System.Collections.Immutable;

namespace WebRag.Chat;

/// <summary>A conversation: what was asked, and what became of it.</summary>
/// <remarks>Safe for concurrent use: one question at a time is answered.</remarks>
internal sealed class Conversation(string id)
{
    private int _isAnswering;
    private ImmutableList<ChatTurn> _turns = [];

    public string Id => id;

    /// <summary>The turns so far; the last one may still be answered.</summary>
    public ImmutableList<ChatTurn> Turns => Volatile.Read(ref _turns);

    /// <summary>Takes the conversation for one answer; false while another is being written. <see cref="End"/> gives it back.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isAgain">Whether it takes the place of the last turn, if that one asked the same and has no whole answer.</param>
    /// <param name="capacity">How many turns are kept; the oldest are forgotten.</param>
    public bool TryBegin(string question, bool isAgain, int capacity)
    {
        if (Interlocked.Exchange(ref _isAnswering, 1) != 0)
        {
            return false;
        }

        ImmutableList<ChatTurn> turns = Turns;
        if (isAgain && turns is [.., { State: not TurnState.Whole } last] && last.Question == question)
        {
            turns = turns.RemoveAt(turns.Count - 1);
        }

        turns = turns.Add(new ChatTurn { Question = question, State = TurnState.Answering });
        Volatile.Write(ref _turns, turns.RemoveRange(0, Math.Max(0, turns.Count - capacity)));
        return true;
    }

    /// <summary>Keeps what became of the question.</summary>
    public void End(ChatTurn turn)
    {
        ImmutableList<ChatTurn> turns = Turns;
        Volatile.Write(ref _turns, turns.SetItem(turns.Count - 1, turn));
        Volatile.Write(ref _isAnswering, 0);
    }
}
