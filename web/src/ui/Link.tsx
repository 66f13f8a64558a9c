import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import { type ComponentPropsWithRef, forwardRef } from 'react'

const RawAnchor = forwardRef<HTMLAnchorElement, AnchorProps & Omit<ComponentPropsWithRef<'a'>, keyof AnchorProps>>(
  function RawAnchor(props, ref) {
    return <Anchor ref={ref} {...props} />
  },
)

const RawButton = forwardRef<HTMLAnchorElement, ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>>(
  function RawButton(props, ref) {
    return <Button component="a" ref={ref} {...props} />
  },
)

/** A link to a page of the console, with the types of its route. */
export const Link = createLink(RawAnchor)

/** The same, drawn as a button. */
export const LinkButton = createLink(RawButton)
