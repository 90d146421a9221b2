using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Options of a stage that asks a chat client before a query is searched for.</summary>
public abstract class QueryStageOptions
{
    private protected QueryStageOptions(int maxOutputTokens) => ChatOptions = new ChatOptions { Temperature = 0, MaxOutputTokens = maxOutputTokens };

    private protected QueryStageOptions(QueryStageOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ChatClientKey = other.ChatClientKey;
        ChatOptions = other.ChatOptions?.Clone();
        Timeout = other.Timeout;
        TimeProvider = other.TimeProvider;
    }

    /// <summary>The key of the chat client among the registered services, where none is passed.</summary>
    /// <value>Null takes the one without a key. The default is null.</value>
    public object? ChatClientKey { get; set; }

    /// <summary>The options of each request to the chat client.</summary>
    /// <value>Null for the client's own. The default is temperature 0, so that equal requests give equal answers, and a limit of output tokens that fits the stage; a model that thinks aloud needs a higher one.</value>
    public ChatOptions? ChatOptions { get; set; }

    /// <summary>How long the chat client may take before the query is searched without the stage.</summary>
    /// <value>More than zero, or null for no limit. The default is 10 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan? Timeout
    {
        get;
        set
        {
            if (value is { } timeout)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero, nameof(Timeout));
            }

            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>What the timeout goes by.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    private protected static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
