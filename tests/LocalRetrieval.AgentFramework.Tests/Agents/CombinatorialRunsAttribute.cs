using System.Reflection;
using Xunit.Sdk;

namespace LocalRetrieval.AgentFramework.Tests.Agents;

/// <summary>Agents with and without a chat client, in one piece and streamed.</summary>
internal sealed class CombinatorialRunsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[false, false], [false, true], [true, false], [true, true]];
}
