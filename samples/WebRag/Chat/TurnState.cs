namespace WebRag.Chat;

/// <summary>What became of an answer.</summary>
internal enum TurnState
{
    /// <summary>It is being written.</summary>
    Answering,

    Whole,

    /// <summary>It was stopped, or nobody was there any more to read it.</summary>
    Stopped,

    /// <summary>It reached the greatest length that is taken.</summary>
    Cut,

    Failed,
}
