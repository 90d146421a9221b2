namespace LocalRetrieval.AgentFramework.Tests.Tools;

/// <summary>A question, and the function that is right for it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Tool">The function's name.</param>
internal sealed record ToolQuestion(string Question, string Tool);
