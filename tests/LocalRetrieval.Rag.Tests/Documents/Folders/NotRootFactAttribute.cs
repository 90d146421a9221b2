namespace LocalRetrieval.Rag.Tests.Documents.Folders;

/// <summary>A test of what is closed to a user, which nothing is to root.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NotRootFactAttribute : FactAttribute
{
    public NotRootFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Needs Unix permissions." : TemporaryFolder.IsRoot ? "Nothing is closed to root; run it as another user." : null;
}
