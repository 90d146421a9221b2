using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LocalRetrieval.VectorData.Tests;

/// <summary>The build's analyzers check the code; this checks what callers are told.</summary>
public sealed class TrimmingTests
{
    [Theory]
    [InlineData(typeof(LocalVectorStore), nameof(LocalVectorStore.GetCollection))]
    [InlineData(typeof(LocalCollectionServiceCollectionExtensions), nameof(LocalCollectionServiceCollectionExtensions.AddLocalCollection))]
    [InlineData(typeof(LocalCollectionServiceCollectionExtensions), nameof(LocalCollectionServiceCollectionExtensions.AddKeyedLocalCollection))]
    public void Members_ThatMapClasses_SaySo(Type type, string name)
    {
        MethodInfo method = type.GetMethod(name)!;

        Assert.NotNull(method.GetCustomAttribute<RequiresDynamicCodeAttribute>());
        Assert.NotNull(method.GetCustomAttribute<RequiresUnreferencedCodeAttribute>());
    }

    [Fact]
    public void Members_OfDynamicCollections_RequireNothing()
    {
        IEnumerable<MethodBase> members =
        [
            typeof(LocalVectorStore).GetMethod(nameof(LocalVectorStore.GetDynamicCollection))!,
            .. typeof(LocalVectorStore).GetConstructors(),
            .. typeof(LocalVectorStoreCollection<object, Dictionary<string, object?>>).GetMethods(),
            .. typeof(LocalVectorStoreServiceCollectionExtensions).GetMethods(),
        ];

        Assert.All(members, member => Assert.False(
            member.IsDefined(typeof(RequiresDynamicCodeAttribute)) || member.IsDefined(typeof(RequiresUnreferencedCodeAttribute)), member.Name));
    }
}
