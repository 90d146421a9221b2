namespace LocalRetrieval.Rag.Tests.Documents.Folders;

/// <summary>A test that makes what only root can.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = TemporaryFolder.IsRoot ? null : "Only root gives files to other users; run it as root.";
}
