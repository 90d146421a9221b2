using Microsoft.Agents.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Hands an agent's model the tools that fit the question, out of all that the agent has.</summary>
/// <remarks>
/// <para>It chooses among the tools of the agent's options, of the run's, and of the context providers before it: put it behind those whose tools are to be chosen from. A choice holds for the
/// whole run, with all its rounds of calls.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class ToolRetrievalProvider : AIContextProvider
{
    private readonly ToolRetriever _retriever;

    /// <summary>A provider that chooses by <paramref name="retriever"/>.</summary>
    /// <param name="retriever">Chooses the tools.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    public ToolRetrievalProvider(ToolRetriever retriever)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        _retriever = retriever;
    }

    /// <summary>None: nothing is remembered.</summary>
    public override IReadOnlyList<string> StateKeys => [];

    /// <inheritdoc />
    protected override async ValueTask<AIContext> InvokingCoreAsync(InvokingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        AIContext given = context.AIContext;
        return new AIContext
        {
            Instructions = given.Instructions,
            Messages = given.Messages,
            Tools = given.Tools is null ? null : await _retriever.SelectAsync(given.Messages ?? [], given.Tools, cancellationToken).ConfigureAwait(false),
        };
    }
}
