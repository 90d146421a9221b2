using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>A function that is called within a turn: what it searches for is held to the turn's filter, and numbered on from the turn's sources.</summary>
/// <param name="inner">The function.</param>
/// <param name="turn">Gives the turn when the function is called.</param>
internal sealed class TurnFunction(AIFunction inner, Func<ChatTurn> turn) : DelegatingAIFunction(inner)
{
    // Asynchronous, so that what is set ends with the call.
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        ChatTurn.Current = turn();
        return await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
    }
}
