import { createContext } from 'react'

/** Whether a layout around a page is its `main` already. */
export const WithinMain = createContext(false)
