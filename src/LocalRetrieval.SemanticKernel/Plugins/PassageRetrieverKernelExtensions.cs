using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.SemanticKernel;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Lets a kernel's models search.</summary>
public static class PassageRetrieverKernelExtensions
{
    /// <summary>A plugin with the functions search and answer, and get_source where the retriever gives an <see cref="ISourceReader"/>.</summary>
    /// <remarks>
    /// <para><c>search(query, top)</c> gives numbered sources with their ids within <see cref="Rag.ContextOptions.MaxTokens"/> (where that is below 128, up to 40 more for the first one's id), each between two lines that it cannot hold; <c>get_source(id, offset)</c> reads
    /// the source of one of them whole; <c>answer(question)</c> has the kernel's chat model answer, and gives a <see cref="RetrievedAnswer"/>. What is asked wrongly, such as a
    /// number out of bounds, is answered by a sentence that says how to ask. What fails, such as a collection that is not there, is thrown.</para>
    /// <para>The searches of one turn have different numbers: within a <see cref="RetrievalChatCompletionService"/>, whose answer cites them and whose filter holds for them too; within what
    /// calls functions of a chat client; and in a kernel that <see cref="AddRetrieval"/> or <see cref="ImportRetrieval"/> gave the plugin. Called otherwise, the numbers of each search start from 1.</para>
    /// <para>Safe for concurrent use.</para>
    /// </remarks>
    /// <param name="retriever">Finds the passages.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens.</exception>
    public static KernelPlugin AsKernelPlugin(this IPassageRetriever retriever, RetrievalPluginOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        RetrievalPluginOptions copy = options is null ? new RetrievalPluginOptions() : new RetrievalPluginOptions(options);
        return RetrievalPlugin.Create(new RetrievalFunctions(retriever, copy), copy);
    }

    /// <summary>Adds the plugin of a retriever to a kernel that is built already: see <see cref="AsKernelPlugin"/>.</summary>
    /// <remarks>Beside the plugin it adds a filter to <see cref="Kernel.AutoFunctionInvocationFilters"/>, once, so that the searches of one turn have different numbers.</remarks>
    /// <param name="kernel">The kernel.</param>
    /// <param name="retriever">Finds the passages.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <returns>The plugin.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> or <paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens; or the kernel has a plugin of that name.</exception>
    public static KernelPlugin ImportRetrieval(this Kernel kernel, IPassageRetriever retriever, RetrievalPluginOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        KernelPlugin plugin = retriever.AsKernelPlugin(options);
        kernel.Plugins.Add(plugin);
        if (!kernel.AutoFunctionInvocationFilters.OfType<SearchNumbersFilter>().Any())
        {
            kernel.AutoFunctionInvocationFilters.Add(new SearchNumbersFilter());
        }

        return plugin;
    }

    /// <summary>Adds the plugin of the kernel's retriever: see <see cref="AsKernelPlugin"/>.</summary>
    /// <param name="plugins">The plugins of a kernel builder.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <param name="serviceId">The retriever's id; null for the one without.</param>
    /// <returns><paramref name="plugins"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="plugins"/> is null.</exception>
    /// <remarks>The kernel's first use throws an <see cref="InvalidOperationException"/> where it has no such retriever.</remarks>
    public static IKernelBuilderPlugins AddRetrieval(this IKernelBuilderPlugins plugins, RetrievalPluginOptions? options = null, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        RetrievalPluginOptions copy = options is null ? new RetrievalPluginOptions() : new RetrievalPluginOptions(options);
        plugins.Services.AddSingleton(services => Require(services, serviceId).AsKernelPlugin(copy));
        plugins.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAutoFunctionInvocationFilter, SearchNumbersFilter>());
        return plugins;
    }

    private static IPassageRetriever Require(IServiceProvider services, string? serviceId) =>
        (serviceId is null ? services.GetService<IPassageRetriever>() : services.GetKeyedService<IPassageRetriever>(serviceId)) ?? throw new InvalidOperationException(
            $"The kernel has no {nameof(IPassageRetriever)}{(serviceId is null ? "" : $" with the id '{serviceId}'")}. Add one to its builder: "
                + $"builder.{nameof(LocalRetrievalKernelBuilderExtensions.AddLocalRetrieval)}({(serviceId is null ? "" : $"serviceId: \"{serviceId}\"")}).");
}
